//! Names, nicknames and part numbers of products, and what each product holds. Never says who may have one.
