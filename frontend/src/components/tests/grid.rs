use std::rc::Rc;

use shared::ledger::cell::Value;
use shared::ledger::snapshot::RowView;
use yew::Callback;

use super::{lacks, rendered, shows};
use crate::components::grid::{Grid, GridProps};
use crate::grid::sheet::tests::{member, row, sheet, text};
use crate::grid::window::Density;

fn grid(rows: Vec<Rc<RowView>>) -> GridProps {
    let here = rows.iter().map(|row| (row.id, 1 << 3)).take(1).collect();
    GridProps {
        label: "承诺事项".into(),
        sheet: Rc::new(sheet(rows)),
        here: Rc::new(here),
        density: Density::Normal,
        sort: None,
        filtered: Rc::default(),
        reveal: None,
        on_deed: Callback::from(|_| true),
        new_row: Callback::from(|()| panic!("nothing is added")),
        writer_of: Callback::from(|_| None),
        on_ask: Callback::noop(),
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_grid_says_what_it_is_to_assistive_technology() {
    let rows = vec![
        row(
            10,
            &[
                ("member", member(3)),
                ("kind", text("yearly")),
                ("peer_good", Value::Number(12)),
            ],
        ),
        row(11, &[("member", member(1)), ("text", text("复测"))]),
    ];
    let html = rendered::<Grid>(grid(rows)).await;
    shows(
        &html,
        &[
            r#"role="grid" aria-label="承诺事项""#,
            r#"aria-multiselectable="true" aria-rowcount="3" aria-colcount="7""#,
            r#"role="columnheader" aria-colindex="2""#,
            r#"role="row" aria-rowindex="2" data-row="0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a""#,
            r#"role="gridcell" aria-colindex="3" aria-selected="false" data-column="kind""#,
        ],
    );
    shows(
        &html,
        &[
            r#"<textarea id="cell-editor""#,
            "罗庭",
            "年度",
            "陈建（立车操作工）",
        ],
    );
    assert_eq!(html.matches("<textarea").count(), 1);
    lacks(&html, &["style="]);
}

#[tokio::test(flavor = "current_thread")]
async fn cells_show_their_state_in_words_too() {
    let mut clashing = (*row(
        10,
        &[
            ("member", member(3)),
            ("text", text("甲")),
            ("due", text("2026-12-31")),
        ],
    ))
    .clone();
    clashing.cells.get_mut("due").unwrap().in_conflict = true;
    let html = rendered::<Grid>(grid(vec![Rc::new(clashing)])).await;
    // The first row's text is on this device alone.
    let cell = |column: &str| {
        let at = html.find(&format!("data-column=\"{column}\"")).unwrap();
        let start = html[..at].rfind("<div").unwrap();
        html[start..at + html[at..].find('>').unwrap()].to_owned()
    };
    shows(
        &cell("due"),
        &[
            r#"data-state="clash""#,
            r#"aria-invalid="true""#,
            r#"aria-describedby="cell-clash""#,
        ],
    );
    shows(
        &cell("member"),
        &[r#"aria-readonly="true""#, r#"aria-selected="true""#],
    );
    shows(
        &cell("text"),
        &[r#"data-state="here""#, r#"aria-describedby="cell-here""#],
    );
    lacks(&cell("text"), &["aria-readonly", "aria-invalid"]);
    shows(&html, &["有冲突，待采信", "待上传"]);
}

#[tokio::test(flavor = "current_thread")]
async fn a_long_table_draws_only_what_is_near() {
    let rows = (0..200).map(|id| row(id, &[("member", member(3))])).collect();
    let html = rendered::<Grid>(grid(rows)).await;
    assert!(html.matches("data-row=").count() < 40);
    shows(&html, &[r#"aria-rowcount="201""#]);
}
