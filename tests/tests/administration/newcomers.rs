//! A unit and its people from pasted sheets, their slips, and their first day.

use anyhow::{Context, Result, ensure};
use tests::Officer;
use tests::story::{Seat, Story};

use crate::desk::{
    COMMITTEE, Slip, administers, at_account, confirms, is_cut_off, pastes, says, slips, table,
};

const BRANCH: &str = "检修车间党支部";
const NEW_PASSWORD: &str = "检修车间的第一天真长";
const CODE: &str = "2468";

/// Adds the branch, and the accounts of its secretary and one commissioner.
async fn makes_a_branch(qin: &Officer) -> Result<Vec<Slip>> {
    qin.click("button", "从表格导入").await?;
    // The second row is wrong: nothing can be sent until it is mended.
    let head: &[&str] = &["名称", "类型", "上级"];
    let right: &[&str] = &[BRANCH, "党支部", COMMITTEE];
    pastes(qin, &[head, right, &["运输党支部", "支部", "没有这个党委"]]).await?;
    qin.sees("1 行有问题").await?;
    qin.sees("没有这个单位").await?;
    ensure!(qin.find("button", "导入 2 行").await?.disabled, "nothing is sent");
    qin.click("button", "重新粘贴").await?;
    pastes(qin, &[head, right]).await?;
    qin.click("button", "导入 1 行").await?;
    qin.sees(BRANCH).await?;

    qin.click("tab", "账号").await?;
    qin.click("button", "从表格导入").await?;
    let rows: [&[&str]; 3] = [
        &["单位", "姓名", "账号", "职务"],
        &[BRANCH, "沈一舟", "ShenYizhou", "书记"],
        &[BRANCH, "程半夏", "chengbanxia", "组织委员"],
    ];
    pastes(qin, &rows).await?;
    qin.click("button", "导入 2 行").await?;
    slips(qin).await
}

/// Signs in for the first time, and changes the password.
async fn begins(story: &Story, slip: &Slip) -> Result<Seat> {
    let login = tests::story::Login {
        login: "shenyizhou",
        name: "沈一舟",
    };
    let shen = Seat::connected(login, story.relay.socket()).await?;
    shen.open(&shen.network.url()).await?;
    shen.signs_in(&slip.login, &slip.password).await?;
    shen.sees("请先修改初始密码").await?;
    ensure!(!shen.has("link", "承诺践诺").await?, "nothing else is shown");
    changes(&shen, "不是这个", NEW_PASSWORD, NEW_PASSWORD).await?;
    shen.sees("原密码不对").await?;
    changes(&shen, &slip.password, NEW_PASSWORD, "另一个很长的密码啊").await?;
    shen.sees("两次输入的新密码不同").await?;
    changes(&shen, &slip.password, "太短", "太短").await?;
    shen.sees("新密码至少 10 个字符").await?;
    changes(&shen, &slip.password, NEW_PASSWORD, NEW_PASSWORD).await?;
    shen.find("link", "承诺践诺").await?;
    Ok(shen)
}

/// Chooses a code, locks the screen with it, and is back at the accounts once it is open.
async fn chooses_code_and_locks(officer: &Officer) -> Result<()> {
    officer.click_selector("#person").await?;
    officer.click("button", "设置").await?;
    officer.fill("锁定码", CODE).await?;
    officer.fill("再输一次", CODE).await?;
    officer.click("button", "设为锁定码").await?;
    officer.sees("已设锁定码。").await?;
    officer.click("link", "管理").await?;
    officer.click("tab", "账号").await?;
    slips(officer).await?;
    officer.click_selector("#person").await?;
    officer.click("button", "锁定").await?;
    officer.find("textbox", "锁定码").await.map(|_| ())
}

async fn opens(officer: &Officer) -> Result<()> {
    officer.fill("锁定码", CODE).await?;
    officer.click("button", "打开").await
}

async fn changes(officer: &Officer, old: &str, new: &str, again: &str) -> Result<()> {
    officer.fill("初始密码", old).await?;
    officer.fill("新密码", new).await?;
    officer.fill("再输一次新密码", again).await?;
    officer.click("button", "修改密码").await
}

#[tokio::test]
async fn a_branch_from_a_sheet_works_on_its_first_day_until_its_secretary_is_revoked() -> Result<()> {
    let story = Story::begin().await?;
    let qin = administers(&story, "组织").await?;
    let made = makes_a_branch(&qin).await?;
    let [slip, other] = made.as_slice() else {
        anyhow::bail!("two accounts were made: {made:?}");
    };
    ensure!((slip.name.as_str(), slip.login.as_str()) == ("沈一舟", "shenyizhou"));
    ensure!((slip.unit.as_str(), slip.role.as_str()) == (BRANCH, "支部书记"));
    ensure!(
        slip.address == qin.network.url() && slip.password != other.password,
        "{made:?}"
    );
    // Another page, and the lock, lose none of it: the passwords cannot be asked for again.
    qin.click("tab", "组织").await?;
    qin.find("button", "新增组织").await?;
    qin.click("tab", "账号").await?;
    ensure!(slips(&qin).await? == made, "another page was shown meanwhile");
    chooses_code_and_locks(&qin).await?;
    ensure!(!says(&qin, &slip.password).await?, "not behind the lock");
    opens(&qin).await?;
    ensure!(slips(&qin).await? == made, "the screen was locked meanwhile");
    qin.click("button", "已打印，完成").await?;
    confirms(&qin).await?;
    qin.find("button", "新增账号").await?;
    ensure!(
        !says(&qin, &slip.password).await?,
        "the password is not shown again"
    );
    qin.fill("查找姓名、账号", "沈一舟").await?;
    let lines = table(&qin).await?;
    ensure!(
        lines.len() == 1 && lines[0][0].contains("初始密码未改"),
        "{lines:?}"
    );

    let shen = begins(&story, slip).await?;
    shen.waits_for_sync("synced").await?;
    shen.click_selector("main a[href^='/ledger/']").await?;
    shen.find("grid", "").await.ok();
    writes_a_member(&shen).await?;
    shen.reload().await?;
    shen.sees("沈一舟").await?;

    qin.reload().await?;
    opens(&qin).await?;
    at_account(&qin, "沈一舟", "角色").await?;
    qin.click("button", &format!("立即撤销：支部书记 · {BRANCH}"))
        .await?;
    confirms(&qin).await?;
    is_cut_off(&shen).await?;
    qin.sees("已撤销").await?;
    shen.click_selector("[data-sync=sign-in]").await?;
    shen.signs_in("shenyizhou", NEW_PASSWORD).await?;
    shen.sees("仅可上传本机所存").await
}

/// Opens the roster of the branch, adds a line and writes a name into it.
async fn writes_a_member(shen: &Seat) -> Result<()> {
    shen.click("link", "名册").await?;
    shen.click_selector("main a[href^='/ledger/']").await?;
    shen.click("button", "新建一行").await?;
    shen.waits_until("there is a row", "document.querySelector('[role=gridcell]')")
        .await?;
    shen.types_in(
        tests::officer::Row::Index(first_row(shen).await?),
        "name",
        "沈一舟",
    )
    .await?;
    shen.waits_for_sync("synced").await?;
    Ok(())
}

async fn first_row(shen: &Seat) -> Result<u32> {
    let rows = shen.seen_rows().await?;
    rows.first().map(|row| row.index).context("there is a row")
}
