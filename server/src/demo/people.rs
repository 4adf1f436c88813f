//! The members of every branch, its groups and its officers.

use std::collections::HashMap;

use shared::access::Role;
use shared::id::PersonId;

use super::branch::{BRANCHES, Branch, FIRST_SHOP, RETIRED, Work};
use super::name::{Name, Names};
use super::seed::{self, Choices};

use known::{FIRST_SHOP_PEOPLE, known};

mod known;

pub(super) use known::OFFICE_PEOPLE;

/// One member.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) sex: &'static str,
    pub(super) born: String,
    pub(super) joined: String,
    pub(super) group: usize,
    pub(super) post: String,
    pub(super) probationary: bool,
    pub(super) standing: &'static str,
    /// Whether he pledges: for those who have retired it is voluntary.
    pub(super) pledges: bool,
}

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
    pub(super) branch: &'static Branch,
    pub(super) members: Vec<Member>,
    pub(super) officers: Vec<Officer>,
}

impl Staffed {
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

/// Members of the branch of the retired who do not pledge.
const NOT_PLEDGING: usize = 4;

/// Everybody.
pub(super) fn everybody() -> Vec<Staffed> {
    let known = FIRST_SHOP_PEOPLE
        .iter()
        .map(|known| known.0)
        .chain(OFFICE_PEOPLE.iter().map(|officer| officer.0));
    let mut names = Names::new(known);
    let mut logins = HashMap::new();
    BRANCHES
        .iter()
        .enumerate()
        .map(|(place, branch)| staff(place, branch, &mut names, &mut logins))
        .collect()
}

fn staff(
    place: usize,
    branch: &'static Branch,
    names: &mut Names,
    logins: &mut HashMap<String, u32>,
) -> Staffed {
    let mut choices = Choices::of(branch.name);
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
        members.push(member(place, branch, number, name, (group, post), &mut choices));
    }
    Staffed {
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

fn member(
    place: usize,
    branch: &Branch,
    number: usize,
    name: Name,
    (group, post): (usize, &str),
    choices: &mut Choices,
) -> Member {
    let works_number = format!("QW{:02}{:03}", place + 1, number + 1);
    let retired = branch.work == Work::Retired || post.starts_with("退休");
    // One probationary member in each branch; those who have retired have none, so the seventh has two.
    let probationary = if branch.name == FIRST_SHOP {
        name.written == "魏子安"
    } else {
        branch.name != RETIRED
            && (number + 1 == branch.members || (place == 6 && number + 2 == branch.members))
    };
    let age = match (retired, probationary) {
        (true, _) => 62 + choices.below(18),
        (_, true) => 22 + choices.below(10),
        _ => 26 + choices.below(32),
    };
    let born = 2026 - age;
    let joined = if probationary {
        2026
    } else {
        (born + 20 + choices.below(14)).min(2025)
    };
    let standing = match choices.below(100) {
        _ if retired => "retired",
        0..=2 if number > 8 => {
            if choices.in_a_hundred(50) {
                "ill"
            } else {
                "seconded"
            }
        }
        3..=6 if number > 8 => "floating",
        _ => "active",
    };
    Member {
        id: seed::person(&works_number),
        sex: if choices.in_a_hundred(30) { "f" } else { "m" },
        born: format!("{born}-{:02}", 1 + choices.below(12)),
        joined: format!(
            "{joined}-{:02}",
            if probationary {
                1 + choices.below(6)
            } else {
                1 + choices.below(12)
            }
        ),
        number: works_number,
        name: name.written,
        pledges: branch.name != RETIRED || number + NOT_PLEDGING < branch.members,
        group,
        post: post.to_owned(),
        probationary,
        standing,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everybody_is_there_once() {
        let staffed = everybody();
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
        for Staffed { branch, officers, .. } in everybody() {
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
        let staffed = everybody();
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
