//! Work that a change leaves for later: a group's licenses reach its members some time after the call was answered. What is
//! done, and in which order, follows from the changes and their times alone, so the journal need not hold it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Tenant;
use super::group::Processing;
use crate::domain::ids::{GroupId, PersonId};

/// What is still to be done, by the time when it is due.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    due: BTreeMap<(Timestamp, u64), Step>,
    /// Numbers steps that are due at the same time, and changes of groups.
    next: u64,
    /// How far the work has come.
    done: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The work on a change of a group's licenses begins, unless a newer change came.
    Begin(GroupId, u64),
    /// It ends.
    End(GroupId, u64),
    /// Somebody came into a group with licenses, or left it.
    Person(GroupId, PersonId),
}

impl Queue {
    fn push(&mut self, at: Timestamp, step: Step) {
        self.next += 1;
        self.due.insert((at, self.next), step);
    }

    fn pop(&mut self, now: Timestamp) -> Option<(Timestamp, Step)> {
        let first = self.due.first_entry().filter(|first| first.key().0 <= now)?;
        let ((at, _), step) = first.remove_entry();
        self.done = self.done.max(Some(at));
        Some((at, step))
    }
}

impl Tenant {
    /// Whether there is work to do now.
    pub(in crate::sandbox) fn is_due(&self, now: Timestamp) -> bool {
        self.processing.due.first_key_value().is_some_and(|((at, _), _)| *at <= now)
    }

    /// Does all work that is due, each at its own time.
    pub(in crate::sandbox) fn run_due(&mut self, now: Timestamp) {
        while let Some((at, step)) = self.processing.pop(now) {
            self.run(step, at);
        }
    }

    /// The time of a change that is made now: never before work that was done, though a clock may be set back.
    pub(in crate::sandbox) fn present(&self, now: Timestamp) -> Timestamp {
        self.processing.done.map_or(now, |done| now.max(done))
    }

    /// The licenses of a group changed.
    pub(super) fn queue_group(&mut self, group: GroupId, at: Timestamp) {
        let change = self.processing.next + 1;
        let begins = later(at, self.settings.group_queue);
        let ends = later(begins, self.settings.group_work);
        self.processing.push(begins, Step::Begin(group, change));
        self.processing.push(ends, Step::End(group, change));
        if let Some(group) = self.changed_group(group) {
            group.processing = Processing::Queued(change);
        }
    }

    /// Somebody came into a group, or left it.
    pub(super) fn queue_person(&mut self, group: GroupId, person: PersonId, at: Timestamp) {
        let due = later(later(at, self.settings.group_queue), self.settings.group_work);
        self.processing.push(due, Step::Person(group, person));
    }

    fn run(&mut self, step: Step, at: Timestamp) {
        match step {
            Step::Begin(group, change) => {
                self.proceed(group, Processing::Queued(change), Processing::InProgress(change))
            }
            Step::End(group, change) => {
                if self.group(group).is_some_and(|group| group.processing == Processing::InProgress(change)) {
                    self.settle_all(group, at);
                }
                self.proceed(group, Processing::InProgress(change), Processing::Complete);
            }
            Step::Person(group, person) => self.settle(group, person, at),
        }
    }

    fn proceed(&mut self, group: GroupId, from: Processing, to: Processing) {
        if let Some(group) = self.changed_group(group).filter(|group| group.processing == from) {
            group.processing = to;
        }
    }
}

fn later(at: Timestamp, by: jiff::SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
