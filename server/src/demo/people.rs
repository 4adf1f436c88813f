//! The members of every branch, its groups and its officers.

use std::collections::HashMap;

use shared::access::Role;
use shared::ledger::key::{LedgerKey, Part};
use shared::ledger::kind::Kind;

use super::YEAR;
use super::branch::{BRANCHES, Branch, FIRST_SHOP};
use super::name::{Name, Names};
use super::seed::Seed;

use known::{FIRST_SHOP_PEOPLE, known};
use member::member;

mod crew;
mod known;
mod member;
mod post_class;

pub(super) use crew::{crews, workshops};
pub(super) use known::OFFICE_PEOPLE;
pub(super) use member::Member;

/// Somebody who signs in.
#[derive(Clone, Debug)]
pub(super) struct Officer {
    pub(super) login: String,
    pub(super) name: String,
    pub(super) role: Role,
    /// The group he leads.
    pub(super) leads: Option<usize>,
}

/// A branch with its people.
#[derive(Clone, Debug)]
pub(super) struct Staffed {
    pub(super) seed: Seed,
    pub(super) branch: &'static Branch,
    pub(super) members: Vec<Member>,
    pub(super) officers: Vec<Officer>,
}

impl Staffed {
    /// Its ledger of this kind and part.
    pub(super) fn key(&self, kind: Kind, part: Part) -> LedgerKey {
        LedgerKey {
            unit: self.seed.unit(self.branch.name),
            year: kind.is_yearly().then_some(YEAR),
            kind,
            part,
        }
    }

    /// The member of this works number.
    pub(super) fn member(&self, works_number: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.number == works_number)
    }

    /// Whether this member signs in with this role.
    pub(super) fn is(&self, member: &Member, role: Role) -> bool {
        let mut officers = self.officers.iter();
        officers.any(|officer| officer.role == role && officer.name == member.name)
    }

    /// Who signs in with this role.
    pub(super) fn login_of(&self, role: Role) -> &str {
        let officer = self.officers.iter().find(|officer| officer.role == role);
        &officer
            .expect("every branch has a secretary and an organisation commissioner")
            .login
    }

    /// Who leads the group, as an officer.
    pub(super) fn login_of_leader(&self, group: usize) -> &str {
        let officer = self.officers.iter().find(|officer| officer.leads == Some(group));
        &officer.expect("every group has its leader").login
    }

    /// Who leads the group, as a member.
    pub(super) fn leader_of(&self, group: usize) -> Option<&Member> {
        let officer = self
            .officers
            .iter()
            .find(|officer| officer.leads == Some(group))?;
        self.members.iter().find(|member| member.name == officer.name)
    }
}

/// Everybody.
pub(super) fn everybody(seed: Seed) -> Vec<Staffed> {
    let known = FIRST_SHOP_PEOPLE
        .iter()
        .map(|known| known.0)
        .chain(OFFICE_PEOPLE.iter().map(|officer| officer.0));
    let mut names = Names::new(seed, known);
    let mut logins = HashMap::new();
    let mut staffed: Vec<Staffed> = BRANCHES
        .iter()
        .enumerate()
        .map(|(place, branch)| staff(seed, place, branch, &mut names, &mut logins))
        .collect();
    post_class::give(seed, &mut staffed);
    for branch in &mut staffed {
        crew::give(branch);
    }
    staffed
}

fn staff(
    seed: Seed,
    place: usize,
    branch: &'static Branch,
    names: &mut Names,
    logins: &mut HashMap<String, u32>,
) -> Staffed {
    let mut choices = seed.choices(branch.name);
    let mut members = Vec::with_capacity(branch.members);
    let mut officers = Vec::new();
    for number in 0..branch.members {
        let known = known(branch, number);
        let name = match &known {
            Some((written, sound, ..)) => Name {
                written: (*written).to_owned(),
                sound: (*sound).to_owned(),
            },
            None if branch.name != FIRST_SHOP && number == 5 && place < 8 => names.rare(),
            None => names.next(),
        };
        let (group, role, post) = known.map_or_else(
            || {
                (
                    number % branch.groups.len(),
                    role_of(branch, number),
                    *choices.one(&branch.posts),
                )
            },
            |(_, _, group, post, role)| (group, role, post),
        );
        if let Some(role) = role {
            let leads = (role == Role::GroupLeader).then_some(group);
            officers.push(Officer {
                login: login(&name.sound, logins),
                name: name.written.clone(),
                role,
                leads,
            });
        }
        members.push(member(
            seed,
            place,
            branch,
            number,
            name,
            (group, post),
            &mut choices,
        ));
    }
    Staffed {
        seed,
        branch,
        members,
        officers,
    }
}

/// The first two are secretary and organisation commissioner, then comes a leader for each group.
fn role_of(branch: &Branch, number: usize) -> Option<Role> {
    match number {
        _ if branch.name == FIRST_SHOP => None,
        0 => Some(Role::Secretary),
        1 => Some(Role::OrganisationCommissioner),
        // The numbers 2, 3, … fall into the groups 2, 3, …, 0, 1: each group once.
        number if number < 2 + branch.groups.len() => Some(Role::GroupLeader),
        _ => None,
    }
}

fn login(sound: &str, logins: &mut HashMap<String, u32>) -> String {
    let count = logins.entry(sound.to_owned()).or_default();
    *count += 1;
    if *count == 1 {
        sound.to_owned()
    } else {
        format!("{sound}{count}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everybody_is_there_once() {
        let staffed = everybody(Seed::default());
        let members: Vec<_> = staffed.iter().flat_map(|branch| &branch.members).collect();
        assert_eq!(members.len(), 640);
        assert_eq!(members.iter().filter(|member| member.pledges).count(), 636);
        assert_eq!(members.iter().filter(|member| member.probationary).count(), 26);
        assert_eq!(
            members
                .iter()
                .map(|member| member.id)
                .collect::<HashSet<_>>()
                .len(),
            640
        );
        let names: HashSet<_> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names.len(), 639, "two are called 陈建");
        assert!(names.contains("周㛃") && names.contains("许𬱟"));
    }

    #[test]
    fn every_branch_has_its_officers_and_every_group_its_leader() {
        for Staffed { branch, officers, .. } in everybody(Seed::default()) {
            let of = |role| officers.iter().filter(move |officer| officer.role == role);
            assert_eq!(of(Role::Secretary).count(), 1, "{}", branch.name);
            assert_eq!(of(Role::OrganisationCommissioner).count(), 1, "{}", branch.name);
            let mut led: Vec<_> = of(Role::GroupLeader)
                .filter_map(|officer| officer.leads)
                .collect();
            led.sort_unstable();
            assert_eq!(
                led,
                (0..branch.groups.len()).collect::<Vec<_>>(),
                "{}",
                branch.name
            );
        }
    }

    #[test]
    fn logins_are_typed_on_any_keyboard_and_are_nobody_elses() {
        let staffed = everybody(Seed::default());
        let logins: Vec<_> = staffed
            .iter()
            .flat_map(|branch| &branch.officers)
            .map(|officer| &officer.login)
            .collect();
        assert_eq!(logins.iter().collect::<HashSet<_>>().len(), logins.len());
        assert!(
            logins
                .iter()
                .all(|login| login.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        );
        assert!(
            ["linzhiyuan", "guruochuan", "yeshuning"]
                .iter()
                .all(|login| logins.iter().any(|found| found == login))
        );
    }
}
