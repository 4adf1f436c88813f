//! The pointer and the clipboard over the grid.

use std::rc::Rc;

use shared::ledger::act::Deed;
use yew::MouseEvent;

use super::super::{Ask, Notice};
use super::Live;
use crate::browser::{clipboard, field, geometry};
use crate::grid::block::Block;
use crate::grid::machine::{Access, Effect, Event};
use crate::grid::place::{Area, Place};

impl Live {
    pub(in super::super) fn point(&self, event: &MouseEvent) {
        let Some(place) = self.under(event, event.shift_key()) else {
            // Without rows there is no cell to point at: whoever clicks there may still want to paste.
            if self.sheet().rows.is_empty() && !geometry::is_over_header(event.target()) {
                event.prevent_default();
                field::focus(&self.editor);
            }
            return;
        };
        event.prevent_default();
        field::focus(&self.editor);
        if event.button() == 0 {
            self.state.borrow_mut().dragging = true;
            self.feed(if event.shift_key() {
                Event::Extend(place)
            } else {
                Event::Point(place)
            });
        }
    }

    pub(in super::super) fn drag(&self, event: &MouseEvent) {
        if event.buttons() & 1 == 0 {
            self.state.borrow_mut().dragging = false;
        }
        if self.state.borrow().dragging
            && let Some(place) = self.under(event, false)
            && place != self.state.borrow().machine.at()
        {
            self.feed(Event::Extend(place));
        }
    }

    pub(in super::super) fn click(&self, event: &MouseEvent) {
        if let Some(place) = self.under(event, false)
            && self.sheet().access(place) == Access::Clash
            && self.state.borrow().machine.selection().is_one_cell()
        {
            self.settle(place, String::new());
        }
    }

    pub(in super::super) fn open(&self, event: &MouseEvent) {
        if let Some(place) = self.under(event, false) {
            self.feed(Event::Open(place));
        }
    }

    /// Copies the selection, unless text is being written.
    pub(in super::super) fn copy(&self, event: &yew::Event) -> Option<Area> {
        let area = self.selection_while_moving()?;
        clipboard::copy(event, &self.sheet().copied(area));
        self.feed(Event::Copied);
        self.ask(Ask::Tell(Notice::Copied {
            rows: area.height(),
            columns: area.width(),
        }));
        Some(area)
    }

    pub(in super::super) fn cut(&self, event: &yew::Event) {
        if let Some(area) = self.copy(event) {
            self.carry_out(Effect::Clear(area), &self.sheet());
        }
    }

    pub(in super::super) fn paste(&self, event: &yew::Event) {
        let area = self.state.borrow().machine.pasting(self.sheet().extent());
        if let Some(area) = area {
            event.prevent_default();
            if let Some(block) = clipboard::pasted(event) {
                self.paste_block(&block, area);
            }
        }
    }

    fn paste_block(&self, block: &Block, area: Area) {
        let new_row = self.given.borrow().props.new_row.clone();
        let pasted = self.sheet().pasted(block, area, || new_row.emit(()));
        let added = match &pasted.deed {
            Some(Deed::Enter { rows, .. }) => rows.clone(),
            _ => Vec::new(),
        };
        if self.deed(pasted.deed) {
            self.feed(Event::Point(Place::new(pasted.area.bottom, pasted.area.right)));
            self.feed(Event::Extend(Place::new(pasted.area.top, pasted.area.left)));
            let (rows, columns) = (block.height(), block.width());
            self.ask(Ask::Tell(Notice::Pasted {
                top: area.top,
                rows,
                columns,
                left_out: Rc::new(pasted.left_out),
                added: Rc::new(added),
            }));
        }
    }

    fn under(&self, event: &MouseEvent, extending: bool) -> Option<Place> {
        let (row, column) = geometry::cell_under(event.target())?;
        let sheet = self.sheet();
        let row = row.parse().ok()?;
        let Some(column) = column else {
            // Over a row's number: the whole row.
            let end = sheet.place(row, sheet.columns.last()?.id)?;
            let start = Place::new(end.row, 0);
            return match event.type_().as_str() {
                "mousedown" if !extending => {
                    self.feed(Event::Point(end));
                    self.feed(Event::Extend(start));
                    None
                }
                "mousedown" | "mouseover" => Some(start),
                _ => None,
            };
        };
        sheet.place(row, &column)
    }

    fn selection_while_moving(&self) -> Option<Area> {
        let state = self.state.borrow();
        let moving = state.machine.editing().is_none() && !self.sheet().extent().is_empty();
        moving.then(|| state.machine.selection())
    }
}
