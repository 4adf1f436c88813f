//! The grid's machine at work: feeds it what the browser reports and carries out what it answers, within the event.
//!
//! This is the one component with a `RefCell`: clipboard and input method want their answer before the next render.

use std::cell::RefCell;
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::column::{CellKind, Column};
use shared::time::Date;
use yew::prelude::*;

use super::{Ask, GridProps, Selection};
use crate::browser::{field, geometry};
use crate::grid::draft::Draft;
use crate::grid::key::{Key, Press};
use crate::grid::machine::{Access, Event, Machine, Setting};
use crate::grid::place::Place;
use crate::grid::sheet::Sheet;
use crate::grid::window::{Layout, View};

mod effects;
mod pointer;

/// The id of the editor, beside which panels float.
pub(crate) const EDITOR: &str = "cell-editor";

/// What the grid is given and where its cursor is.
pub(super) struct Live {
    given: RefCell<Given>,
    state: RefCell<State>,
    wake: Callback<()>,
    /// The text area over the cursor's cell.
    pub(super) editor: NodeRef,
    /// What scrolls.
    pub(super) scroller: NodeRef,
    /// What is offered below the editor.
    pub(super) panel: NodeRef,
}

struct Given {
    props: GridProps,
    sheet: Rc<Sheet>,
    layout: Rc<Layout>,
}

/// What changes with every event.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The cursor.
    pub(super) machine: Machine,
    /// The cell being written, if one is.
    pub(super) draft: Option<Draft>,
    /// What is in view.
    pub(super) view: View,
    held: Option<[(RowId, &'static str); 2]>,
    dragging: bool,
    told: Option<Selection>,
}

impl Live {
    pub(super) fn new(props: GridProps, wake: Callback<()>) -> Self {
        let given = Given {
            sheet: props.sheet.clone(),
            layout: Rc::new(layout(&props)),
            props,
        };
        Self {
            given: RefCell::new(given),
            state: RefCell::default(),
            wake,
            editor: NodeRef::default(),
            scroller: NodeRef::default(),
            panel: NodeRef::default(),
        }
    }

    /// Takes new properties. While a cell is written no row moves; else the cursor stays with its row and column.
    pub(super) fn give(&self, props: &GridProps) -> (Rc<Sheet>, Rc<Layout>) {
        let editing = self.state.borrow().machine.editing().is_some();
        let shown = self.given.borrow().sheet.clone();
        let sheet = if editing {
            Rc::new(props.sheet.kept(&shown.rows))
        } else {
            props.sheet.clone()
        };
        let layout = Rc::new(layout(props));
        *self.given.borrow_mut() = Given {
            props: props.clone(),
            sheet: sheet.clone(),
            layout: layout.clone(),
        };
        if !Rc::ptr_eq(&shown, &sheet) {
            self.follow(&sheet);
        }
        (sheet, layout)
    }

    pub(super) fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// Feeds the machine; whether the browser is to do nothing of its own.
    pub(super) fn feed(&self, event: Event) -> bool {
        let (sheet, page) = {
            let given = self.given.borrow();
            (given.sheet.clone(), given.layout.page(self.state.borrow().view))
        };
        let before = self.state.borrow().machine.clone();
        let answer = {
            let setting = Setting {
                extent: sheet.extent(),
                page,
                filled: &|place| sheet.filled(place),
                access: &|place| sheet.access(place),
            };
            self.state.borrow_mut().machine.handle(event, &setting)
        };
        for effect in answer.effects {
            self.carry_out(effect, &sheet);
        }
        self.moved(&before, &sheet);
        self.wake.emit(());
        answer.taken
    }

    /// What is in view has changed; whether other rows are to be drawn.
    pub(super) fn viewed(&self, view: View) {
        let rows = self.given.borrow().sheet.rows.len();
        let layout = self.given.borrow().layout.clone();
        let before = std::mem::replace(&mut self.state.borrow_mut().view, view);
        if layout.window(rows, before) == layout.window(rows, view) {
            self.place_editor();
        } else {
            self.wake.emit(());
        }
    }

    /// Lays the editor over the cursor's cell.
    pub(super) fn place_editor(&self) {
        let state = self.state.borrow();
        let frame = self.given.borrow().layout.frame(state.machine.at(), state.view);
        for (property, pixels) in [
            ("--left", frame.left),
            ("--cell-top", frame.top),
            ("--width", frame.width),
            ("--height", frame.height),
        ] {
            geometry::set_pixels(&self.editor, property, pixels);
        }
        if state.machine.editing().is_some() {
            geometry::set_pixels(&self.editor, "--content", 0.0);
            geometry::set_pixels(&self.editor, "--content", field::text_height(&self.editor));
            geometry::float_beside(&self.panel, EDITOR);
        }
    }

    /// Writes a date that was clicked.
    pub(super) fn pick_date(&self, date: Date) {
        field::put(&self.editor, &date.to_string());
        self.feed(Event::Key(Press {
            ctrl: true,
            ..Key::Enter.alone()
        }));
        field::focus(&self.editor);
    }

    /// Goes to a cell and shows it.
    pub(super) fn reveal(&self, row: RowId, column: &str) {
        if let Some(place) = self.sheet().place(row, column) {
            self.feed(Event::Point(place));
            field::focus(&self.editor);
        }
    }

    fn ask(&self, ask: Ask) {
        let on_ask = self.given.borrow().props.on_ask.clone();
        on_ask.emit(ask);
    }

    fn sheet(&self) -> Rc<Sheet> {
        self.given.borrow().sheet.clone()
    }

    fn follow(&self, sheet: &Sheet) {
        let Some([at, anchor]) = self.state.borrow().held else {
            return;
        };
        let (old_at, old_anchor) = (
            self.state.borrow().machine.at(),
            self.state.borrow().machine.anchor(),
        );
        let at = sheet.place(at.0, at.1).unwrap_or(old_at);
        let anchor = sheet
            .place(anchor.0, anchor.1)
            .unwrap_or(if old_at == old_anchor { at } else { old_anchor });
        if (at, anchor) != (old_at, old_anchor) || at.within(sheet.extent()) != at {
            let setting = Setting {
                extent: sheet.extent(),
                page: 1,
                filled: &|_| false,
                access: &|_| Access::Locked,
            };
            self.state
                .borrow_mut()
                .machine
                .handle(Event::Rearranged { at, anchor }, &setting);
        }
    }

    fn moved(&self, before: &Machine, sheet: &Sheet) {
        let (machine, view) = {
            let state = self.state.borrow();
            (state.machine.clone(), state.view)
        };
        let name = |place: Place| Some((sheet.rows.get(place.row)?.id, sheet.columns.get(place.column)?.id));
        self.state.borrow_mut().held = name(machine.at())
            .zip(name(machine.anchor()))
            .map(|(at, anchor)| [at, anchor]);
        if machine.at() != before.at() || machine.editing().is_some() {
            let layout = self.given.borrow().layout.clone();
            if let Some((left, top)) = layout.reveal(machine.at(), view) {
                geometry::scroll(&self.scroller, left, top);
            }
        }
        self.place_editor();
        if machine.editing().is_some() != before.editing().is_some() {
            self.ask(Ask::Editing(machine.editing().is_some()));
        }
        self.tell_selection();
    }

    /// Says what is selected, if that has changed since it was last said.
    pub(super) fn tell_selection(&self) {
        let sheet = self.sheet();
        let area = self.state.borrow().machine.selection();
        let [rows, removed] = [false, true].map(|removed| sheet.rows_in(area, removed));
        let column = sheet
            .columns
            .get(self.state.borrow().machine.at().column)
            .map(|column| column.id);
        let selection = Selection {
            rows,
            removed,
            column,
            cells: area.height() * area.width(),
            sum: sheet.sum(area),
        };
        let told = self.state.borrow_mut().told.replace(selection.clone());
        if told.as_ref() != Some(&selection) {
            self.ask(Ask::Selected(selection));
        }
    }
}

fn layout(props: &GridProps) -> Layout {
    // Namesakes are shown with their posts.
    let width = |column: &Column| match column.kind {
        CellKind::Person => column.width.max(10),
        _ => column.width,
    };
    let widths: Vec<u8> = props.sheet.columns.iter().map(|column| width(column)).collect();
    Layout::new(&widths, props.density)
}
