//! Stories through the whole program, each in a world of its own: who types and clicks what, what they then see, and what the
//! tenant was really told.

mod denying;
mod four_eyes;
mod main_story;
mod races;
