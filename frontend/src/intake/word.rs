//! Words for kinds of units and for roles, as sheets have them.

use shared::access::{Role, UnitKind};

use crate::i18n::{AdminNote, Language, Message};

/// Ends of names and of words, the longer ones first.
const KINDS: [(&str, UnitKind); 7] = [
    ("总支部委员会", UnitKind::GeneralBranch),
    ("支部委员会", UnitKind::Branch),
    ("委员会", UnitKind::PartyCommittee),
    ("总支部", UnitKind::GeneralBranch),
    ("总支", UnitKind::GeneralBranch),
    ("支部", UnitKind::Branch),
    ("党委", UnitKind::PartyCommittee),
];

/// What people say for roles besides what the app says.
const ROLES: [(&str, Role); 12] = [
    ("系统管理员", Role::Administrator),
    ("党办", Role::OfficeOfficer),
    ("干事", Role::OfficeOfficer),
    ("党务干事", Role::OfficeOfficer),
    ("书记", Role::Secretary),
    ("党支部书记", Role::Secretary),
    ("组织", Role::OrganisationCommissioner),
    ("宣传", Role::PublicityCommissioner),
    ("纪检", Role::DisciplineCommissioner),
    ("组长", Role::GroupLeader),
    ("小组长", Role::GroupLeader),
    ("只读", Role::Viewer),
];

/// What a unit is, by the word for it; where there is none, by the end of its name.
pub(super) fn kind(word: &str, name: &str) -> Option<UnitKind> {
    let said = |kind: &UnitKind| is_said(&AdminNote::Kind(*kind).into(), word);
    let by_end = if word.is_empty() { name } else { word };
    UnitKind::ALL.into_iter().find(said).or_else(|| {
        let ends = |(end, _): &&(&str, UnitKind)| by_end.ends_with(end);
        KINDS.iter().find(ends).map(|(_, kind)| *kind)
    })
}

/// The role this word means.
pub(super) fn role(word: &str) -> Option<Role> {
    let said = |role: &Role| is_said(&Message::Role(*role), word);
    Role::ALL.into_iter().find(said).or_else(|| {
        let same = |(said, _): &&(&str, Role)| *said == word;
        ROLES.iter().find(same).map(|(_, role)| *role)
    })
}

fn is_said(message: &Message<'_>, word: &str) -> bool {
    let mut said = Language::ALL.iter().map(|language| language.say(message));
    said.any(|said| said.eq_ignore_ascii_case(word))
}
