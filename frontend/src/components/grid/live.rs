//! The grid's machine at work: feeds it what the browser reports and carries out what it answers, within the event.
//!
//! This is the one component with a `RefCell`: clipboard and input method want their answer before the next render.

use std::cell::RefCell;
use std::rc::Rc;

use shared::id::RowId;
use shared::ledger::act::Deed;
use shared::ledger::column::{CellKind, Column};
use shared::time::Date;
use yew::prelude::*;

use super::{Ask, GridProps, Notice, Selection};
use crate::browser::{clipboard, field, geometry};
use crate::grid::block::Block;
use crate::grid::draft::Draft;
use crate::grid::key::{Key, Press};
use crate::grid::lookup::Unreadable;
use crate::grid::machine::{Access, Effect, Event, Machine, Setting};
use crate::grid::place::{Area, Place};
use crate::grid::sheet::Sheet;
use crate::grid::window::{Layout, View};

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
        let given = Given { sheet: props.sheet.clone(), layout: Rc::new(layout(&props)), props };
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
        let sheet = if editing { Rc::new(props.sheet.kept(&shown.rows)) } else { props.sheet.clone() };
        let layout = Rc::new(layout(props));
        *self.given.borrow_mut() = Given { props: props.clone(), sheet: sheet.clone(), layout: layout.clone() };
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
        if layout.window(rows, before) != layout.window(rows, view) {
            self.wake.emit(());
        } else {
            self.place_editor();
        }
    }

    /// Lays the editor over the cursor's cell.
    pub(super) fn place_editor(&self) {
        let state = self.state.borrow();
        let frame = self.given.borrow().layout.frame(state.machine.at(), state.view);
        for (property, pixels) in
            [("--left", frame.left), ("--cell-top", frame.top), ("--width", frame.width), ("--height", frame.height)]
        {
            geometry::set_pixels(&self.editor, property, pixels);
        }
        if state.machine.editing().is_some() {
            geometry::set_pixels(&self.editor, "--content", 0.0);
            geometry::set_pixels(&self.editor, "--content", field::text_height(&self.editor));
            geometry::float_beside(&self.panel, EDITOR);
        }
    }

    pub(super) fn point(&self, event: &MouseEvent) {
        let Some(place) = self.under(event, event.shift_key()) else { return };
        event.prevent_default();
        field::focus(&self.editor);
        if event.button() == 0 {
            self.state.borrow_mut().dragging = true;
            self.feed(if event.shift_key() { Event::Extend(place) } else { Event::Point(place) });
        }
    }

    pub(super) fn drag(&self, event: &MouseEvent) {
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

    pub(super) fn click(&self, event: &MouseEvent) {
        if let Some(place) = self.under(event, false)
            && self.sheet().access(place) == Access::Clash
            && self.state.borrow().machine.selection().is_one_cell()
        {
            self.settle(place, String::new());
        }
    }

    pub(super) fn open(&self, event: &MouseEvent) {
        if let Some(place) = self.under(event, false) {
            self.feed(Event::Open(place));
        }
    }

    /// Copies the selection, unless text is being written.
    pub(super) fn copy(&self, event: &yew::Event) -> Option<Area> {
        let area = self.selection_while_moving()?;
        clipboard::copy(event, &self.sheet().copied(area));
        self.feed(Event::Copied);
        self.ask(Ask::Tell(Notice::Copied { rows: area.height(), columns: area.width() }));
        Some(area)
    }

    pub(super) fn cut(&self, event: &yew::Event) {
        if let Some(area) = self.copy(event) {
            self.carry_out(Effect::Clear(area), &self.sheet());
        }
    }

    pub(super) fn paste(&self, event: &yew::Event) {
        if let Some(area) = self.selection_while_moving() {
            event.prevent_default();
            if let Some(block) = clipboard::pasted(event) {
                self.paste_block(&block, area);
            }
        }
    }

    /// Writes a date that was clicked.
    pub(super) fn pick_date(&self, date: Date) {
        field::put(&self.editor, &date.to_string());
        self.feed(Event::Key(Press { ctrl: true, ..Key::Enter.alone() }));
        field::focus(&self.editor);
    }

    /// Goes to a cell and shows it.
    pub(super) fn reveal(&self, row: RowId, column: &str) {
        if let Some(place) = self.sheet().place(row, column) {
            self.feed(Event::Point(place));
            field::focus(&self.editor);
        }
    }

    fn paste_block(&self, block: &Block, area: Area) {
        let new_row = self.given.borrow().props.new_row.clone();
        let pasted = self.sheet().pasted(block, area, || new_row.emit(()));
        if self.deed(pasted.deed) {
            self.feed(Event::Point(Place::new(pasted.area.bottom, pasted.area.right)));
            self.feed(Event::Extend(Place::new(pasted.area.top, pasted.area.left)));
            let (rows, columns) = (block.height(), block.width());
            self.ask(Ask::Tell(Notice::Pasted { top: area.top, rows, columns, left_out: Rc::new(pasted.left_out) }));
        }
    }

    fn carry_out(&self, effect: Effect, sheet: &Rc<Sheet>) {
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
            Effect::AddRow(place) => self.ask(Ask::AddRow { below: sheet.rows.get(place.row).map(|row| row.id) }),
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

    fn begin(&self, place: Place, sheet: &Rc<Sheet>, with_text: bool) {
        let (Some(row), Some(column)) = (sheet.rows.get(place.row), sheet.columns.get(place.column)) else { return };
        let draft = Draft::begin(row, column);
        if with_text {
            field::put(&self.editor, &draft.opening_text(&sheet.lookup));
        }
        self.state.borrow_mut().draft = Some(draft);
        self.offer(sheet, (!with_text).then(|| field::text(&self.editor)));
    }

    fn offer(&self, sheet: &Rc<Sheet>, typed: Option<String>) {
        let draft = self.state.borrow_mut().draft.take();
        if let Some(mut draft) = draft {
            let offer = draft.offer(&sheet.lookup, typed.as_deref());
            self.state.borrow_mut().draft = Some(draft);
            self.feed(Event::Offered(offer));
        }
        self.place_editor();
    }

    fn commit(&self, at: Place, pick: Option<usize>, sheet: &Rc<Sheet>) {
        let Some(mut draft) = self.state.borrow_mut().draft.take() else { return };
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
            if self.deed(sheet.typed(at, &meaning)) { Ok(()) } else { Err(Unreadable::Locked) }
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

    fn settle(&self, place: Place, typed: String) {
        let sheet = self.sheet();
        if let (Some(cell), Some(row), Some(column)) =
            (sheet.cell(place), sheet.rows.get(place.row), sheet.columns.get(place.column))
        {
            self.ask(Ask::Settle { cell, beside: super::cell_id(row.id, column.id), typed });
        }
    }

    fn today(&self, place: Place, sheet: &Rc<Sheet>) {
        let today = sheet.lookup.today.to_string();
        if self.state.borrow().machine.editing().is_some() {
            field::put(&self.editor, &today);
        } else if let Ok(meaning) = sheet.read(place.column, &today) {
            self.deed(sheet.typed(place, &meaning));
        }
    }

    /// Performs a deed; whether it was done. Nothing to do is done at once.
    fn deed(&self, deed: Option<Deed>) -> bool {
        let on_deed = self.given.borrow().props.on_deed.clone();
        deed.is_none_or(|deed| on_deed.emit(deed))
    }

    fn ask(&self, ask: Ask) {
        let on_ask = self.given.borrow().props.on_ask.clone();
        on_ask.emit(ask);
    }

    fn sheet(&self) -> Rc<Sheet> {
        self.given.borrow().sheet.clone()
    }

    fn selection_while_moving(&self) -> Option<Area> {
        let state = self.state.borrow();
        let moving = state.machine.editing().is_none() && !self.sheet().extent().is_empty();
        moving.then(|| state.machine.selection())
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

    fn follow(&self, sheet: &Sheet) {
        let Some([at, anchor]) = self.state.borrow().held else { return };
        let (old_at, old_anchor) = (self.state.borrow().machine.at(), self.state.borrow().machine.anchor());
        let at = sheet.place(at.0, at.1).unwrap_or(old_at);
        let anchor = sheet.place(anchor.0, anchor.1).unwrap_or(if old_at == old_anchor { at } else { old_anchor });
        if (at, anchor) != (old_at, old_anchor) || at.within(sheet.extent()) != at {
            let setting =
                Setting { extent: sheet.extent(), page: 1, filled: &|_| false, access: &|_| Access::Locked };
            self.state.borrow_mut().machine.handle(Event::Rearranged { at, anchor }, &setting);
        }
    }

    fn moved(&self, before: &Machine, sheet: &Sheet) {
        let (machine, view) = {
            let state = self.state.borrow();
            (state.machine.clone(), state.view)
        };
        let name = |place: Place| Some((sheet.rows.get(place.row)?.id, sheet.columns.get(place.column)?.id));
        self.state.borrow_mut().held = name(machine.at()).zip(name(machine.anchor())).map(|(at, anchor)| [at, anchor]);
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
        let column = sheet.columns.get(self.state.borrow().machine.at().column).map(|column| column.id);
        let selection = Selection { rows, removed, column, cells: area.height() * area.width(), sum: sheet.sum(area) };
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
