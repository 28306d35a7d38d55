//! The page in a real browser: headless Chromium, driven through WebDriver. Fails where Chromium or its driver is missing.

mod demo;
mod driver;
mod page;
mod reading;
mod screen;
mod story;
