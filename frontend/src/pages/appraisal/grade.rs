//! The question before a grade is given or withdrawn.

use std::rc::Rc;

use shared::appraisal::{self, Result};
use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::decision::{DecisionKind, NewDecision, Word};
use shared::ledger::life::GRADES;
use shared::scheme::{Grade, QuotaState};
use yew::prelude::*;

use super::{Open, say};
use crate::browser::field;
use crate::components::confirm::Confirm;
use crate::components::form_dialog::FormDialog;
use crate::components::form_field::{Choice, SelectField};
use crate::hooks::use_store;
use crate::i18n::{AppraisalNote, LifeNote, Message, use_language};
use crate::store::view::LedgerView;

/// What is asked about whom.
#[derive(Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) result: Result,
    pub(super) withdraws: bool,
}

/// Properties of [`GradeDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct GradeDialogProps {
    pub(super) ledger: Rc<LedgerView>,
    pub(super) open: Open,
    pub(super) asked: Asked,
    pub(super) name: String,
    pub(super) quota: Option<QuotaState>,
    pub(super) on_close: Callback<()>,
}

/// The question before a grade.
#[component]
pub(super) fn GradeDialog(props: &GradeDialogProps) -> Html {
    let language = use_language();
    let store = use_store();
    let problem = use_state(|| None::<AttrValue>);
    // What the person sees is what he decides on.
    let seen = use_memo((), |()| props.open.clone());
    let person = props.asked.result.member.person;
    let on_close = props.on_close.clone();
    let make = {
        let (store, ledger, problem) = (store.clone(), props.ledger.clone(), problem.setter());
        let on_close = on_close.clone();
        Callback::from(move |decision: NewDecision| {
            let decisions = vec![decision];
            match store.dispatch(ledger.id, Deed::Decide { decisions }) {
                Ok(_) => on_close.emit(()),
                Err(shared::ledger::act::ActProblem::Undecidable { why, .. }) => {
                    let why = LifeNote::Cannot {
                        why: &why,
                        column: None,
                    };
                    problem.set(Some(language.say(&Message::Life(why)).into()));
                }
                Err(_) => problem.set(Some(language.attribute(&Message::ActFailed))),
            }
        })
    };
    let known: Vec<RowId> = {
        let subject = appraisal::subject(person);
        let mut known: Vec<RowId> = props
            .ledger
            .snapshot
            .decisions_on(&subject)
            .iter()
            .map(|decision| decision.made.id)
            .collect();
        known.sort_unstable();
        known
    };
    let decision = {
        let (store, seen) = (store.clone(), seen.clone());
        move |word, of, value: String, note: String| NewDecision {
            id: store.new_row_id(),
            word,
            of,
            subject: appraisal::subject(person),
            digest: seen.parts().digest(person).unwrap_or_default(),
            value,
            note,
            from: None,
            until: None,
            after: known.clone(),
        }
    };
    if props.asked.withdraws {
        let standing = &props.asked.result.standing;
        let last = standing
            .contradicting
            .first()
            .or(standing.last())
            .map(|last| last.made.id);
        let on_answer = Callback::from(move |note: String| {
            let word = Word::Withdraw(DecisionKind::Graded);
            make.emit(decision(word, last, String::new(), note));
        });
        return html! {
            <Confirm title={say(language, AppraisalNote::Withdraw)} hint={say(language, AppraisalNote::WithdrawHint)}
                answer={say(language, AppraisalNote::Withdraw)} asked={AttrValue::from(say(language, AppraisalNote::WithdrawReason))}
                {on_answer} {on_close} />
        };
    }
    let quota = props.quota;
    let on_submit = {
        let problem = problem.setter();
        Callback::from(move |event: SubmitEvent| {
            let text = |name: &str| field::submitted(event.target(), name).trim().to_owned();
            let (value, note) = (text("grade"), text("note"));
            let is_full = quota.and_then(|quota| quota.allowed.filter(|allowed| quota.given >= *allowed));
            if let (Some(allowed), true) = (is_full, value == Grade::Excellent.code() && note.is_empty()) {
                let needs = say(language, AppraisalNote::NeedsReason { allowed });
                problem.set(Some(needs.into()));
                return;
            }
            make.emit(decision(Word::Decide(DecisionKind::Graded), None, value, note));
        })
    };
    let suggested = props
        .asked
        .result
        .outcome
        .as_ref()
        .and_then(|outcome| outcome.suggested);
    let choices = GRADES.iter().map(|choice| Choice {
        value: choice.code.into(),
        name: language.term(choice.name).into(),
    });
    html! {
        <FormDialog title={say(language, AppraisalNote::GiveGrade { name: &props.name })} answer={say(language, AppraisalNote::Choose)}
            problem={(*problem).clone()} busy={false} {on_submit} {on_close}>
            <p>{ say(language, AppraisalNote::GradeHint) }</p>
            <SelectField label={say(language, AppraisalNote::Grade)} name="grade" choices={choices.collect::<Vec<_>>()}
                first={suggested.map(|grade| AttrValue::from(grade.code()))} />
            <label class="field"><span>{ say(language, AppraisalNote::GradeReason) }</span>
                <textarea class="input" name="note" rows="3" maxlength="2000" /></label>
        </FormDialog>
    }
}
