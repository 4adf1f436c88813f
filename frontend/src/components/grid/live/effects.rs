//! Carrying out what the machine answers.

use std::rc::Rc;

use shared::ledger::act::Deed;

use super::super::{Ask, Notice, cell_id};
use super::Live;
use crate::browser::field;
use crate::grid::draft::Draft;
use crate::grid::lookup::Unreadable;
use crate::grid::machine::{Access, Effect, Event};
use crate::grid::place::Place;
use crate::grid::sheet::Sheet;

impl Live {
    pub(super) fn carry_out(&self, effect: Effect, sheet: &Rc<Sheet>) {
        match effect {
            Effect::Open(place) => self.begin(place, sheet, true),
            Effect::Began(place) => self.begin(place, sheet, false),
            Effect::Changed(_) => self.offer(sheet, Some(field::text(&self.editor))),
            Effect::Commit { at, pick } => self.commit(at, pick, sheet),
            Effect::Toggle(pick) => {
                if let Some(draft) = &mut self.state.borrow_mut().draft {
                    draft.toggle(pick);
                }
                field::put(&self.editor, "");
                self.offer(sheet, Some(String::new()));
            }
            Effect::Discard => {
                self.state.borrow_mut().draft = None;
                field::put(&self.editor, "");
            }
            Effect::Locked(place) => {
                if let Some(column) = sheet.columns.get(place.column) {
                    self.ask(Ask::Tell(Notice::Locked(column.name)));
                }
            }
            Effect::Settle(place) => self.settle(place, String::new()),
            Effect::Break => {
                field::insert(&self.editor, "\n");
                self.place_editor();
            }
            Effect::Today(place) => self.today(place, sheet),
            Effect::Clear(area) => {
                self.deed(sheet.cleared(area));
            }
            Effect::Fill(area) => {
                self.deed(sheet.filled_down(area));
            }
            Effect::Undo => self.ask(Ask::Undo),
            Effect::Redo => self.ask(Ask::Redo),
            Effect::Find => self.ask(Ask::Find),
            Effect::AddRow(place) => self.ask(Ask::AddRow {
                below: sheet.rows.get(place.row).map(|row| row.id),
            }),
            Effect::Card(place) => {
                if let Some(row) = sheet.rows.get(place.row) {
                    self.ask(Ask::Card(row.id));
                }
            }
            Effect::Keys => self.ask(Ask::Keys),
            Effect::Leave => self.ask(Ask::Leave),
            Effect::LeaveBack => self.ask(Ask::LeaveBack),
        }
    }

    pub(super) fn begin(&self, place: Place, sheet: &Rc<Sheet>, with_text: bool) {
        let (Some(row), Some(column)) = (sheet.rows.get(place.row), sheet.columns.get(place.column)) else {
            return;
        };
        let draft = Draft::begin(row, column);
        if with_text {
            field::put(&self.editor, &draft.opening_text(&sheet.lookup));
        }
        self.state.borrow_mut().draft = Some(draft);
        self.offer(sheet, (!with_text).then(|| field::text(&self.editor)));
    }

    pub(super) fn offer(&self, sheet: &Rc<Sheet>, typed: Option<String>) {
        let draft = self.state.borrow_mut().draft.take();
        if let Some(mut draft) = draft {
            let offer = draft.offer(&sheet.lookup, typed.as_deref());
            self.state.borrow_mut().draft = Some(draft);
            self.feed(Event::Offered(offer));
        }
        self.place_editor();
    }

    pub(super) fn commit(&self, at: Place, pick: Option<usize>, sheet: &Rc<Sheet>) {
        let Some(mut draft) = self.state.borrow_mut().draft.take() else {
            return;
        };
        let typed = field::text(&self.editor);
        // Somebody else may have brought the cell into conflict meanwhile: then the text is one more value to choose.
        if sheet.access(at) == Access::Clash {
            field::put(&self.editor, "");
            return self.settle(at, typed);
        }
        let read = match sheet.access(at) {
            Access::Open => draft.read(&sheet.lookup, &typed, pick),
            Access::Locked | Access::Clash => Err(Unreadable::Locked),
        };
        let read = read.and_then(|meaning| {
            if self.deed(sheet.typed(at, &meaning)) {
                Ok(())
            } else {
                Err(Unreadable::Locked)
            }
        });
        match read {
            Ok(()) => field::put(&self.editor, ""),
            Err(problem) => {
                let offer = draft.offer(&sheet.lookup, Some(&typed));
                draft.problem = Some(problem);
                self.state.borrow_mut().draft = Some(draft);
                self.feed(Event::Rejected(at));
                self.feed(Event::Offered(offer));
            }
        }
    }

    pub(super) fn settle(&self, place: Place, typed: String) {
        let sheet = self.sheet();
        if let (Some(cell), Some(row), Some(column)) = (
            sheet.cell(place),
            sheet.rows.get(place.row),
            sheet.columns.get(place.column),
        ) {
            self.ask(Ask::Settle {
                cell,
                beside: cell_id(row.id, column.id),
                typed,
            });
        }
    }

    pub(super) fn today(&self, place: Place, sheet: &Rc<Sheet>) {
        let today = sheet.lookup.today.to_string();
        if self.state.borrow().machine.editing().is_some() {
            field::put(&self.editor, &today);
        } else if let Ok(meaning) = sheet.read(place.column, &today) {
            self.deed(sheet.typed(place, &meaning));
        }
    }

    /// Performs a deed; whether it was done. Nothing to do is done at once.
    pub(super) fn deed(&self, deed: Option<Deed>) -> bool {
        let on_deed = self.given.borrow().props.on_deed.clone();
        deed.is_none_or(|deed| on_deed.emit(deed))
    }
}
