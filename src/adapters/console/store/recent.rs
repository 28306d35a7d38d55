//! The newest messages in memory, so that reading what just happened costs no query. Bounded; knows exactly which questions it
//! can answer alone.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::message::Message;
use crate::domain::ids::PersonId;

/// The newest messages, oldest first.
#[derive(Debug)]
pub(super) struct Recent {
    messages: VecDeque<Arc<Message>>,
    capacity: usize,
    /// Messages up to this one are not held.
    floor: i64,
    /// The latest change of a message that is not held.
    blind: i64,
    /// The latest change of all.
    latest: i64,
}

impl Recent {
    /// `held`: the newest messages of the store, oldest first; `blind`: the latest change of all others.
    pub(super) fn new(held: Vec<Arc<Message>>, blind: i64, capacity: usize) -> Self {
        let latest = held.iter().map(|message| message.change).max().unwrap_or(0).max(blind);
        let floor = if blind == 0 { 0 } else { held.first().map_or(0, |oldest| oldest.seq - 1) };
        Self { messages: held.into(), capacity, floor, blind, latest }
    }

    /// Takes a message that was created or changed.
    pub(super) fn apply(&mut self, message: &Arc<Message>) {
        self.latest = self.latest.max(message.change);
        if message.seq <= self.floor {
            self.blind = self.blind.max(message.change);
            return;
        }
        match self.messages.binary_search_by_key(&message.seq, |held| held.seq) {
            Ok(place) => {
                if let Some(held) = self.messages.get_mut(place) {
                    *held = Arc::clone(message);
                }
            }
            Err(place) => self.messages.insert(place, Arc::clone(message)),
        }
        while self.messages.len() > self.capacity
            && let Some(oldest) = self.messages.pop_front()
        {
            self.floor = oldest.seq;
            self.blind = self.blind.max(oldest.change);
        }
    }

    /// The latest change of all.
    pub(super) fn latest(&self) -> i64 {
        self.latest
    }

    /// What the person sees of the messages after `seq`, and up to where the store has to be asked for older ones.
    pub(super) fn after(&self, seq: i64, person: PersonId) -> (Vec<Arc<Message>>, i64) {
        let later = self.messages.iter().filter(|message| message.seq > seq && message.is_visible_to(person));
        (later.cloned().collect(), self.floor)
    }

    /// What the person sees of everything that changed after `change`; nothing when only the store knows.
    pub(super) fn changed(&self, change: i64, person: PersonId) -> Option<Vec<Arc<Message>>> {
        let later = self.messages.iter().filter(|message| message.change > change && message.is_visible_to(person));
        (change >= self.blind).then(|| later.cloned().collect())
    }

    /// A held message.
    pub(super) fn find(&self, id: &str) -> Option<Arc<Message>> {
        self.messages.iter().rev().find(|message| message.id == id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::super::super::message::{Author, Content, Room};
    use super::*;

    const ANA: PersonId = PersonId(Uuid::from_u128(1));
    const BO: PersonId = PersonId(Uuid::from_u128(2));

    fn message(seq: i64, change: i64, viewer: Option<PersonId>) -> Arc<Message> {
        Arc::new(Message {
            id: format!("m{seq}"),
            seq,
            revision: 1,
            change,
            room: Room::Channel,
            viewer,
            author: Author::Bot,
            content: Content::Line(String::new()),
            at: Timestamp::UNIX_EPOCH,
        })
    }

    fn seqs(messages: &[Arc<Message>]) -> Vec<i64> {
        messages.iter().map(|message| message.seq).collect()
    }

    #[test]
    fn all_of_a_short_chat_is_known() {
        let recent = Recent::new(vec![message(1, 1, None), message(2, 2, Some(BO)), message(3, 3, Some(ANA))], 0, 10);
        let (seen, floor) = recent.after(0, ANA);
        assert_eq!((seqs(&seen), floor), (vec![1, 3], 0));
        assert_eq!(recent.changed(0, BO).map(|changed| seqs(&changed)), Some(vec![1, 2]));
        assert_eq!(recent.latest(), 3);
    }

    #[test]
    fn what_falls_out_is_left_to_the_store() {
        let mut recent = Recent::new(Vec::new(), 0, 2);
        for seq in 1..=3 {
            recent.apply(&message(seq, seq, None));
        }
        let (seen, floor) = recent.after(0, ANA);
        assert_eq!((seqs(&seen), floor), (vec![2, 3], 1));
        assert_eq!(recent.changed(0, ANA), None, "the first message changed after that and is gone");
        assert_eq!(recent.changed(1, ANA).map(|changed| seqs(&changed)), Some(vec![2, 3]));
        assert_eq!(recent.find("m1"), None);
        assert_eq!(recent.find("m3").map(|found| found.seq), Some(3));
    }

    #[test]
    fn an_edit_of_something_old_is_noticed_but_not_held() {
        let mut recent = Recent::new(vec![message(5, 5, None), message(6, 6, None)], 4, 2);
        recent.apply(&message(1, 7, None));
        assert_eq!(recent.latest(), 7);
        assert_eq!(recent.changed(6, ANA), None, "only the store can show it");
        assert_eq!(recent.changed(7, ANA).map(|changed| seqs(&changed)), Some(vec![]));
        recent.apply(&message(5, 8, None));
        let (seen, _) = recent.after(0, ANA);
        assert_eq!(seen.iter().map(|message| message.change).collect::<Vec<_>>(), vec![8, 6]);
    }
}
