//! What rules ask of responsibility zones, and who owned them on a day.

use std::collections::BTreeSet;

use super::fact::{MemberFact, Standing};
use super::finding::{Breach, Detail, Subject, count};
use super::share::Share;
use crate::id::{PersonId, RowId};
use crate::time::Date;

/// What a ledger of zones says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneFacts {
    /// The year it is of.
    pub year: u16,
    /// The crews of the branch by name, besides those its members are in: a crew may have no member.
    pub crews: Vec<String>,
    /// The members of the branch.
    pub members: Vec<MemberFact>,
    /// The zones, closed ones too; a zone that is only proposed is left out.
    pub zones: Vec<ZoneFact>,
    /// The quarters whose sheet is filed with the level above.
    pub filed: BTreeSet<Quarter>,
}

/// One responsibility zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneFact {
    /// Its row.
    pub row: RowId,
    /// The crews it covers, by name.
    pub crews: Vec<String>,
    /// The first day it is in effect; none when it has been all along.
    pub from: Option<Date>,
    /// The last day it is in effect; none while no end is set.
    pub until: Option<Date>,
    /// Who has owned it, owns it and will.
    pub owners: Vec<TermFact>,
    /// Whether it is a red-flag zone (红旗责任区) in the quarter that is looked at.
    pub red_flag: bool,
}

/// One member's term as an owner of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermFact {
    /// The member.
    pub person: PersonId,
    /// The first day; none when it is as old as the zone.
    pub from: Option<Date>,
    /// The last day; none while no end is set.
    pub until: Option<Date>,
}

/// Who owned one zone on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneOwners {
    /// The zone's row.
    pub row: RowId,
    /// Its owners, in the order in which the zone lists them; none for a zone that nobody owned.
    pub owners: Vec<PersonId>,
}

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quarter {
    /// January to March.
    First,
    /// April to June.
    Second,
    /// July to September.
    Third,
    /// October to December.
    Fourth,
}

impl Quarter {
    /// Every quarter, in order.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// Its last month, one to twelve.
    #[must_use]
    pub const fn last_month(self) -> u8 {
        match self {
            Self::First => 3,
            Self::Second => 6,
            Self::Third => 9,
            Self::Fourth => 12,
        }
    }
}

impl ZoneFact {
    fn is_open(&self, on: Date) -> bool {
        covers(self.from, self.until, on)
    }

    fn owners_on(&self, on: Date) -> impl Iterator<Item = PersonId> {
        let terms = self
            .owners
            .iter()
            .filter(move |term| covers(term.from, term.until, on));
        terms.map(|term| term.person)
    }
}

impl ZoneFacts {
    /// The zones in effect on a day and who owned them then.
    #[must_use]
    pub fn owners_on(&self, on: Date) -> Vec<ZoneOwners> {
        let owners = |zone: &ZoneFact| ZoneOwners {
            row: zone.row,
            owners: zone.owners_on(on).collect(),
        };
        self.open(on).map(owners).collect()
    }

    /// Crews that no zone in effect covers, each once.
    pub(super) fn uncovered_crews(&self, on: Date) -> Vec<Breach> {
        let at_work = self
            .members
            .iter()
            .filter(|member| member.standing == Standing::Active);
        let of_members = at_work.filter_map(|member| member.crew.as_ref());
        let named = |crew: &String| Some(crew.trim().to_owned()).filter(|crew| !crew.is_empty());
        let crews: BTreeSet<String> = self.crews.iter().chain(of_members).filter_map(named).collect();
        let covered: BTreeSet<String> = self
            .open(on)
            .flat_map(|zone| &zone.crews)
            .filter_map(named)
            .collect();
        let uncovered = crews.difference(&covered).cloned();
        uncovered.map(|crew| Breach::plain(Subject::Crew(crew))).collect()
    }

    /// Members who own no zone, but for those of an exempt standing.
    pub(super) fn members_without_zone(&self, exempt: &BTreeSet<Standing>, on: Date) -> Vec<Breach> {
        let asked = self
            .members
            .iter()
            .filter(|member| !exempt.contains(&member.standing));
        asked
            .filter(|member| self.owned_by(member.person, on) == 0)
            .map(|member| Breach::plain(Subject::Member(member.person)))
            .collect()
    }

    /// Members who own more than `most` zones.
    pub(super) fn too_many_zones(&self, most: u32, on: Date) -> Vec<Breach> {
        let owners: BTreeSet<PersonId> = self.open(on).flat_map(|zone| zone.owners_on(on)).collect();
        let owned = |person| Breach::too_many(Subject::Member(person), self.owned_by(person, on), most);
        owners.into_iter().filter_map(owned).collect()
    }

    /// Zones in effect that nobody has owned yet.
    pub(super) fn unowned(&self, on: Date) -> Vec<Breach> {
        let unowned = self.left_alone(on).filter(|zone| last_end(zone, on).is_none());
        unowned
            .map(|zone| Breach::plain(Subject::Zone(zone.row)))
            .collect()
    }

    /// Zones in effect whose last owner's term has ended. A term that has ended while somebody else's runs is the
    /// zone's past, and is not found: else every change of owner would be found for ever.
    pub(super) fn owner_terms_ended(&self, on: Date) -> Vec<Breach> {
        let ended = self.left_alone(on);
        ended
            .filter_map(|zone| Breach::overdue(Subject::Zone(zone.row), last_end(zone, on)?, on))
            .collect()
    }

    /// More red-flag zones than the share of zones in effect allows.
    pub(super) fn too_many_red_flags(&self, share: Share, on: Date) -> Vec<Breach> {
        let most = share.most_of(count(self.open(on)));
        let found = count(self.open(on).filter(|zone| zone.red_flag));
        Breach::too_many(Subject::Branch, found, most)
            .into_iter()
            .collect()
    }

    /// Quarters that are not filed: due from the first of the quarter's last month, overdue after `day` of it.
    pub(super) fn unfiled_quarters(&self, day: u8, on: Date) -> Vec<Breach> {
        let open = Quarter::ALL
            .into_iter()
            .filter(|quarter| !self.filed.contains(quarter));
        open.filter(|_| !self.zones.is_empty())
            .filter_map(|quarter| {
                let of_month = |day| Date::new(self.year.into(), quarter.last_month(), day);
                let (first, last) = (of_month(1)?, of_month(day)?);
                Breach::overdue(Subject::Branch, last, on).or_else(|| {
                    (first <= on).then_some(Breach {
                        subject: Subject::Branch,
                        detail: Detail::DueOn(last),
                    })
                })
            })
            .collect()
    }

    fn open(&self, on: Date) -> impl Iterator<Item = &ZoneFact> {
        self.zones.iter().filter(move |zone| zone.is_open(on))
    }

    /// Zones in effect that nobody owns.
    fn left_alone(&self, on: Date) -> impl Iterator<Item = &ZoneFact> {
        self.open(on)
            .filter(move |zone| zone.owners_on(on).next().is_none())
    }

    fn owned_by(&self, person: PersonId, on: Date) -> u32 {
        count(
            self.open(on)
                .filter(|zone| zone.owners_on(on).any(|owner| owner == person)),
        )
    }
}

/// The last day of the last term that ended before `on`.
fn last_end(zone: &ZoneFact, on: Date) -> Option<Date> {
    zone.owners
        .iter()
        .filter_map(|term| term.until)
        .filter(|&until| until < on)
        .max()
}

fn covers(from: Option<Date>, until: Option<Date>, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && until.is_none_or(|until| on <= until)
}
