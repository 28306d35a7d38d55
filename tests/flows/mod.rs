//! Stories through the whole program, each in a world of its own: who types and clicks what, what they then see, and what the
//! tenant was really told.

mod api;
mod asking_twice;
mod at_once;
mod counted;
mod denying;
mod four_eyes;
mod impossible;
mod inputs;
mod location;
mod main_story;
mod outages;
mod overtaken;
mod races;
mod reading;
mod removing;
mod restart;
mod secrecy;
mod time;
mod typed;
mod unshown;
