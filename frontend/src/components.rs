//! Components: data and callbacks in, markup out. They do not know that there is a store.

pub mod aside_panel;
pub mod banner;
pub mod calendar;
pub mod chooser;
pub mod code_form;
pub mod column_filter;
pub mod column_set;
pub mod confirm;
pub mod conflict_card;
pub mod dialog;
pub mod form_dialog;
pub mod form_field;
pub mod grid;
pub mod held_table;
pub mod intake_table;
pub mod key_list;
pub mod lock_form;
pub mod password_form;
pub mod person_menu;
pub mod popover;
pub mod problem;
pub mod radar;
pub mod row_card;
pub mod section_tabs;
pub mod share_bar;
pub mod shell;
pub mod sign_in_form;
pub mod slip_sheet;
pub mod sync_chips;
#[cfg(test)]
mod tests;
pub mod toolbar;
pub mod unit_tree;
