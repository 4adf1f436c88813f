//! What a new version of a scheme moves.

use serde::{Deserialize, Serialize};

use super::{
    Adjustment, AdjustmentKind, Amount, Dimension, Grade, Hundredths, Indicator, Quota, Rater, RaterClass,
    Scheme, Veto,
};

/// The lists of a scheme whose members have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What is scored.
    Indicator,
    /// Deductions and bonuses.
    Adjustment,
    /// Vetoes.
    Veto,
}

/// One thing in which two versions of a scheme differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "`old` and `new` are what stood there and what stands there now, in every variant"
)]
pub enum Difference {
    /// The scheme is called otherwise.
    Name { old: String, new: String },
    /// An indicator, deduction, bonus or veto is new.
    Added { part: Part, id: String },
    /// An indicator, deduction, bonus or veto is gone.
    Removed { part: Part, id: String },
    /// An indicator, deduction, bonus or veto reads otherwise.
    Text {
        part: Part,
        id: String,
        old: String,
        new: String,
    },
    /// An indicator, deduction, bonus, veto or class of raters stands in another place, which moves no total.
    Order,
    /// An indicator gives more or less.
    FullMarks {
        id: String,
        old: Hundredths,
        new: Hundredths,
    },
    /// An indicator belongs to another dimension.
    Dimension {
        id: String,
        old: Dimension,
        new: Dimension,
    },
    /// An indicator allows other scores.
    Anchors {
        id: String,
        old: Option<Vec<Hundredths>>,
        new: Option<Vec<Hundredths>>,
    },
    /// An event costs what it brought, or the other way round.
    Kind {
        id: String,
        old: AdjustmentKind,
        new: AdjustmentKind,
    },
    /// An event costs or brings more or less.
    Each {
        id: String,
        old: Hundredths,
        new: Hundredths,
    },
    /// The bound of a sort of event is another one.
    Cap {
        id: String,
        old: Option<Hundredths>,
        new: Option<Hundredths>,
    },
    /// A veto leaves other grades open.
    Best { id: String, old: Grade, new: Grade },
    /// A class of raters is asked that was not.
    RaterAdded { class: RaterClass },
    /// A class of raters is not asked any more.
    RaterRemoved { class: RaterClass },
    /// A class weighs more or less; in basis points.
    Weight { class: RaterClass, old: u32, new: u32 },
    /// A class is taken into the total, or out of it.
    Counts { class: RaterClass, old: bool, new: bool },
    /// More or fewer of the highest sheets are left out.
    TrimHighest { class: RaterClass, old: u8, new: u8 },
    /// More or fewer of the lowest sheets are left out.
    TrimLowest { class: RaterClass, old: u8, new: u8 },
    /// What a class gives is brought to 100, or is not any more.
    Normalise { old: bool, new: bool },
    /// A base, bound or cut-off is another one; none where there is no bound.
    Amount {
        amount: Amount,
        old: Option<Hundredths>,
        new: Option<Hundredths>,
    },
    /// Others may be excellent.
    Quota { old: Quota, new: Quota },
    /// Other dimensions decide between equal totals.
    Ties {
        old: Vec<Dimension>,
        new: Vec<Dimension>,
    },
}

/// Everything in which `new` differs from `old`; nothing only when they are the same.
#[must_use]
pub fn differences(old: &Scheme, new: &Scheme) -> Vec<Difference> {
    let mut found = Comparison::default();
    found.note(&old.name, &new.name, |old, new| Difference::Name { old, new });
    found.indicators(&old.indicators, &new.indicators);
    found.adjustments(&old.adjustments, &new.adjustments);
    found.vetoes(&old.vetoes, &new.vetoes);
    found.raters(&old.raters, &new.raters);
    found.note(&old.normalise, &new.normalise, |old, new| Difference::Normalise {
        old,
        new,
    });
    for ((amount, old), (_, new)) in old.amounts().into_iter().zip(new.amounts()) {
        found.note(&old, &new, |old, new| Difference::Amount { amount, old, new });
    }
    found.note(&old.quota, &new.quota, |old, new| Difference::Quota { old, new });
    found.note(&old.ties, &new.ties, |old, new| Difference::Ties { old, new });
    // Where an id is there twice, which no sound scheme has, the second one of the old version is compared with
    // nothing.
    if found.is_reordered || (found.list.is_empty() && old != new) {
        found.list.push(Difference::Order);
    }
    found.list
}

/// What was found so far.
#[derive(Default)]
struct Comparison {
    list: Vec<Difference>,
    is_reordered: bool,
}

impl Comparison {
    fn note<T: Clone + PartialEq>(&mut self, old: &T, new: &T, difference: impl FnOnce(T, T) -> Difference) {
        if old != new {
            self.list.push(difference(old.clone(), new.clone()));
        }
    }

    fn indicators(&mut self, old: &[Indicator], new: &[Indicator]) {
        for (old, new) in self.pairs(old, new, |indicator| indicator.id.clone(), Part::Indicator) {
            let id = || new.id.clone();
            self.text(Part::Indicator, &new.id, &old.text, &new.text);
            self.note(&old.dimension, &new.dimension, |old, new| Difference::Dimension {
                id: id(),
                old,
                new,
            });
            self.note(&old.full_marks, &new.full_marks, |old, new| {
                Difference::FullMarks { id: id(), old, new }
            });
            self.note(&old.anchors, &new.anchors, |old, new| Difference::Anchors {
                id: id(),
                old,
                new,
            });
        }
    }

    fn adjustments(&mut self, old: &[Adjustment], new: &[Adjustment]) {
        for (old, new) in self.pairs(old, new, |adjustment| adjustment.id.clone(), Part::Adjustment) {
            let id = || new.id.clone();
            self.text(Part::Adjustment, &new.id, &old.text, &new.text);
            self.note(&old.kind, &new.kind, |old, new| Difference::Kind {
                id: id(),
                old,
                new,
            });
            self.note(&old.each, &new.each, |old, new| Difference::Each {
                id: id(),
                old,
                new,
            });
            self.note(&old.cap, &new.cap, |old, new| Difference::Cap {
                id: id(),
                old,
                new,
            });
        }
    }

    fn vetoes(&mut self, old: &[Veto], new: &[Veto]) {
        for (old, new) in self.pairs(old, new, |veto| veto.id.clone(), Part::Veto) {
            let id = || new.id.clone();
            self.text(Part::Veto, &new.id, &old.text, &new.text);
            self.note(&old.best, &new.best, |old, new| Difference::Best {
                id: id(),
                old,
                new,
            });
        }
    }

    fn raters(&mut self, old: &[Rater], new: &[Rater]) {
        for (old, new) in self.pairs(old, new, |rater| rater.class, ()) {
            let class = new.class;
            self.note(&old.weight_bp, &new.weight_bp, |old, new| Difference::Weight {
                class,
                old,
                new,
            });
            self.note(&old.counts, &new.counts, |old, new| Difference::Counts {
                class,
                old,
                new,
            });
            self.note(&old.trim_highest, &new.trim_highest, |old, new| {
                Difference::TrimHighest { class, old, new }
            });
            self.note(&old.trim_lowest, &new.trim_lowest, |old, new| {
                Difference::TrimLowest { class, old, new }
            });
        }
    }

    fn text(&mut self, part: Part, id: &str, old: &String, new: &String) {
        let id = id.to_owned();
        self.note(old, new, |old, new| Difference::Text { part, id, old, new });
    }

    /// What is in both lists, in the order of the new one. What is in one alone is noted, and whether the order is
    /// another.
    fn pairs<'a, T, K: Key>(
        &mut self,
        old: &'a [T],
        new: &'a [T],
        key: impl Fn(&T) -> K,
        list: K::List,
    ) -> Vec<(&'a T, &'a T)> {
        let place = |list: &'a [T], wanted: &K| list.iter().position(|member| key(member) == *wanted);
        for gone in old.iter().map(&key).filter(|wanted| place(new, wanted).is_none()) {
            self.list.push(gone.removed(list));
        }
        let mut common = Vec::new();
        for (member, wanted) in new.iter().map(|member| (member, key(member))) {
            match place(old, &wanted) {
                Some(at) => common.push((at, member)),
                None => self.list.push(wanted.added(list)),
            }
        }
        self.is_reordered |= !common.is_sorted_by_key(|(at, _)| *at);
        common
            .into_iter()
            .map(|(at, member)| (&old[at], member))
            .collect()
    }
}

/// By what the members of a list are told apart.
trait Key: PartialEq + Sized {
    /// What says which list it is.
    type List: Copy;
    fn added(self, list: Self::List) -> Difference;
    fn removed(self, list: Self::List) -> Difference;
}

impl Key for String {
    type List = Part;

    fn added(self, part: Part) -> Difference {
        Difference::Added { part, id: self }
    }

    fn removed(self, part: Part) -> Difference {
        Difference::Removed { part, id: self }
    }
}

impl Key for RaterClass {
    type List = ();

    fn added(self, (): ()) -> Difference {
        Difference::RaterAdded { class: self }
    }

    fn removed(self, (): ()) -> Difference {
        Difference::RaterRemoved { class: self }
    }
}
