//! Which words one word may be a slip of. Only for showing: nothing is ever taken by nearness.

/// How far apart two words are, when they are near enough for one to be a slip of the other. A beginning counts as near.
pub(super) fn nearness(typed: &str, word: &str) -> Option<usize> {
    let allowed = if word.len() <= 3 { 1 } else { 2 };
    let distance = strsim::damerau_levenshtein(typed, word);
    let begins = typed.len() >= 2 && word.starts_with(typed);
    if begins { Some(1) } else { Some(distance).filter(|distance| *distance <= allowed) }
}

/// At most three candidates, the nearest first.
pub(super) fn nearest<T>(candidates: impl IntoIterator<Item = T>, distance: impl Fn(&T) -> Option<usize>) -> Vec<T> {
    let near = candidates.into_iter().filter_map(|candidate| Some((distance(&candidate)?, candidate)));
    let mut near: Vec<(usize, T)> = near.collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}
