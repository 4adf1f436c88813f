//! What an appraisal comes to: one line for each member, in the order of the roster and never by rank.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::appraisal::{self, Result};
use shared::ledger::decision::{DecisionKind, Word};
use shared::ledger::key::Part;
use shared::ledger::person::Directory;
use shared::scheme::{Grade, Hundredths, QuotaState, RaterClass, Scheme};
use yew::prelude::*;

use super::grade::{Asked, GradeDialog};
use super::{Everybody, Open, say};
use crate::components::radar::{Axis, Radar};
use crate::components::share_bar::{Share, ShareBar};
use crate::hooks::use_store;
use crate::i18n::{AppraisalNote, Language, use_language};

/// Properties of [`Summary`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SummaryProps {
    pub(super) open: Open,
    pub(super) members: Everybody,
    pub(super) schemes: Rc<BTreeMap<String, Scheme>>,
    pub(super) directory: Rc<Directory>,
    pub(super) tabs: Html,
}

/// What an appraisal comes to.
#[component]
pub(super) fn Summary(props: &SummaryProps) -> Html {
    let language = use_language();
    let store = use_store();
    let asked = use_state(|| None::<Asked>);
    let parts = props.open.parts();
    let results = Rc::new(parts.results(&props.members, &props.schemes));
    let quota = quota(&results, &props.schemes);
    let main = props.open.0.get(&Part::Main).cloned();
    let graded = Word::Decide(DecisionKind::Graded);
    let may_grade = main
        .as_ref()
        .is_some_and(|main| store.may_decide(main.id, graded));
    let reads_all = Part::ALL.iter().all(|part| props.open.0.contains_key(part));
    let lines = results.iter().filter(|result| is_listed(result)).map(|result| {
        let ask = |withdraws: bool| {
            let (asked, result) = (asked.setter(), result.clone());
            Callback::from(move |_: MouseEvent| {
                asked.set(Some(Asked {
                    result: result.clone(),
                    withdraws,
                }));
            })
        };
        let may = may_grade && reads_all && !result.member.probationary && !result.member.removed;
        line(props, language, result, may, ask(false), ask(true))
    });
    let on_close = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(None))
    };
    let heads = [
        say(language, AppraisalNote::Member),
        say(language, AppraisalNote::Scheme),
    ]
    .into_iter()
    .chain(RaterClass::ALL.map(|class| language.term(class.name()).to_owned()))
    .chain([
        say(language, AppraisalNote::Deductions),
        say(language, AppraisalNote::Bonuses),
        say(language, AppraisalNote::Total),
        say(language, AppraisalNote::Suggested),
        say(language, AppraisalNote::Grade),
        say(language, AppraisalNote::Notes),
    ]);
    html! {
        <section class="panel appraisal">
            <div class="toolbar">{ props.tabs.clone() }</div>
            <div class="appraisal-head">
                { quota_line(language, quota) }
                { distribution(language, &results) }
            </div>
            if may_grade && !reads_all { <p class="decided-note">{ say(language, AppraisalNote::NotAllParts) }</p> }
            <div class="appraisal-scroll">
                <table class="appraisal-table">
                    <thead><tr>{ for heads.map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                    <tbody>{ for lines }</tbody>
                </table>
            </div>
            if let (Some(asked), Some(main)) = (&*asked, main) {
                <GradeDialog key={asked.result.member.person.to_string()} ledger={main} open={props.open.clone()} asked={asked.clone()}
                    name={props.directory.label(asked.result.member.person)} {quota} {on_close} />
            }
        </section>
    }
}

/// Members who are gone are listed only where something was entered for them.
fn is_listed(result: &Result) -> bool {
    let has_any = result
        .outcome
        .as_ref()
        .is_some_and(|outcome| outcome.classes.iter().any(|class| class.sheets > 0));
    !result.member.removed || has_any || result.grade.is_some()
}

/// The quota of the branch, by the scheme of its first sort of post that is bound.
fn quota(results: &[Result], schemes: &BTreeMap<String, Scheme>) -> Option<QuotaState> {
    let digest = results.iter().find_map(|result| result.scheme.as_ref())?;
    Some(appraisal::quota(schemes.get(digest)?, results))
}

fn quota_line(language: Language, quota: Option<QuotaState>) -> Html {
    let Some(quota) = quota else {
        return Html::default();
    };
    let Some(allowed) = quota.allowed else {
        return html! { <p>{ say(language, AppraisalNote::NoQuotaBase) }</p> };
    };
    let given = quota.given;
    html! {
        <p class="appraisal-quota">
            <span>{ say(language, AppraisalNote::Quota { allowed, given }) }</span>
            if quota.over > 0 {
                <span class="chip" data-state="clash" role="alert">{ say(language, AppraisalNote::Over { over: quota.over }) }</span>
            }
        </p>
    }
}

fn distribution(language: Language, results: &[Result]) -> Html {
    let present = || {
        results
            .iter()
            .filter(|result| !result.member.removed && !result.member.probationary)
    };
    let mut shares: Vec<Share> = Grade::ALL
        .into_iter()
        .map(|grade| Share {
            name: language.term(grade.name()).into(),
            count: present().filter(|result| result.grade == Some(grade)).count(),
        })
        .collect();
    shares.push(Share {
        name: say(language, AppraisalNote::Ungraded).into(),
        count: present().filter(|result| result.grade.is_none()).count(),
    });
    html! { <ShareBar title={say(language, AppraisalNote::Distribution)} {shares} /> }
}

fn line(
    props: &SummaryProps,
    language: Language,
    result: &Result,
    may: bool,
    on_grade: Callback<MouseEvent>,
    on_withdraw: Callback<MouseEvent>,
) -> Html {
    let name = props.directory.label(result.member.person);
    let outcome = result.outcome.as_ref();
    let marks = |marks: Option<Hundredths>| marks.map_or_else(|| "--".to_owned(), |marks| marks.to_string());
    let classes = RaterClass::ALL.map(|class| {
        let total = outcome.and_then(|outcome| outcome.classes.iter().find(|total| total.class == class));
        let title = total.map(|total| say(language, AppraisalNote::Sheets { count: total.sheets }));
        html! { <td class="number" {title}>{ marks(total.and_then(shared::scheme::ClassTotal::shown)) }</td> }
    });
    let class = props.open.parts().class_of(&result.member);
    let radar = outcome.filter(|outcome| !outcome.by_dimension.is_empty()).map(|outcome| {
        let axes = outcome.by_dimension.iter().map(|share| Axis {
            name: language.term(share.dimension.name()).into(),
            percent: share.shown().to_string().into(),
            hundredths: share.shown().0,
        });
        html! { <Radar title={say(language, AppraisalNote::Radar { name: &name })} axes={axes.collect::<Vec<_>>()} /> }
    });
    html! {
        <tr key={result.member.person.to_string()} data-member={result.member.person.to_string()}>
            <th scope="row"><details class="appraisal-member"><summary>{ &name }</summary>{ radar.unwrap_or_default() }</details></th>
            <td>{ say(language, AppraisalNote::Class(&class)) }</td>
            { for classes }
            <td class="number">{ marks(outcome.map(|outcome| outcome.deductions)) }</td>
            <td class="number">{ marks(outcome.map(|outcome| outcome.bonuses)) }</td>
            <td class="number"><b>{ outcome.and_then(|outcome| outcome.total).map_or_else(|| say(language, AppraisalNote::NotScored), |total| total.to_string()) }</b></td>
            <td>{ outcome.and_then(|outcome| outcome.suggested).map_or("--", |grade| language.term(grade.name())) }</td>
            <td class="appraisal-grade">
                if let Some(grade) = result.grade { <b>{ language.term(grade.name()) }</b> }
                if may && result.standing.contradicting.is_empty() && result.grade.is_none() {
                    <button class="button" type="button" data-action="grade" onclick={on_grade}>{ say(language, AppraisalNote::Choose) }</button>
                }
                if may && (result.grade.is_some() || !result.standing.contradicting.is_empty()) {
                    <button class="link-button" type="button" data-action="withdraw" onclick={on_withdraw}>{ say(language, AppraisalNote::Withdraw) }</button>
                }
            </td>
            <td><ul class="appraisal-notes">{ for notes(language, result).into_iter().map(|note| html! { <li>{ note }</li> }) }</ul></td>
        </tr>
    }
}

fn notes(language: Language, result: &Result) -> Vec<String> {
    let mut notes = Vec::new();
    let mut add = |note| notes.push(say(language, note));
    if result.member.probationary {
        add(AppraisalNote::Probationary);
    }
    if result.member.removed {
        add(AppraisalNote::Removed);
    }
    if result.conflicts > 0 {
        add(AppraisalNote::Conflicts {
            count: result.conflicts,
        });
    }
    if !result.standing.contradicting.is_empty() {
        add(AppraisalNote::TwoGrades);
    }
    if result.moved_on == Some(true) {
        add(AppraisalNote::MovedOn);
    }
    if result.overridden && result.grade == Some(Grade::Excellent) {
        add(AppraisalNote::Overridden);
    }
    if result.scheme.is_some() && result.outcome.is_none() {
        add(AppraisalNote::UnknownScheme);
    }
    if let Some(outcome) = &result.outcome {
        if !outcome.unknown.is_empty() {
            add(AppraisalNote::Unknown {
                count: outcome.unknown.len(),
            });
        }
        if !outcome.odd.is_empty() {
            add(AppraisalNote::Odd {
                count: outcome.odd.len(),
            });
        }
    }
    notes
}
