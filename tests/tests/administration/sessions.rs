//! Who is signed in where: one session ended, all of an account, a device forgotten.

use anyhow::{Context, Result, ensure};
use tests::Officer;
use tests::story::{GU, LIN, Seat, Story};

use crate::desk::{administers, confirms, is_cut_off, says};

/// The name of the device on which somebody is signed in.
async fn device_of(qin: &Officer, name: &str) -> Result<String> {
    qin.sees(name).await?;
    let ask = format!(
        "return [...document.querySelectorAll('[data-device]')].find((one) => one.innerText.includes('{name}'))?.dataset.device;"
    );
    let device = qin.run_js(&ask, Vec::new()).await?;
    device.as_str().map(str::to_owned).context("a device")
}

async fn signs_in_again(seat: &Seat) -> Result<()> {
    seat.is_uploaded().await?;
    seat.waits_for_sync("synced").await.map(|_| ())
}

async fn looks_again(qin: &Officer) -> Result<()> {
    qin.click("tab", "组织").await?;
    qin.find("button", "新增组织").await?;
    qin.click("tab", "设备与会话").await
}

#[tokio::test]
async fn sessions_are_listed_and_end_within_seconds_one_by_one_by_account_and_by_device() -> Result<()> {
    let story = Story::begin().await?;
    let lin = story.seat(LIN).await?;
    let gu = story.seat(GU).await?;
    let qin = administers(&story, "设备与会话").await?;
    qin.sees("本机").await?;
    let device = device_of(&qin, LIN.name).await?;
    ensure!(
        device != device_of(&qin, GU.name).await?,
        "each has a device of his own"
    );

    qin.click("button", "结束登录：林知远").await?;
    is_cut_off(&lin).await?;
    gu.waits_for_sync("synced").await?;
    signs_in_again(&lin).await?;

    looks_again(&qin).await?;
    qin.click("button", "按账号").await?;
    qin.click("button", "结束全部登录：林知远").await?;
    confirms(&qin).await?;
    is_cut_off(&lin).await?;
    signs_in_again(&lin).await?;

    looks_again(&qin).await?;
    qin.click("button", &format!("忘记设备：{device}")).await?;
    confirms(&qin).await?;
    is_cut_off(&lin).await?;
    qin.waits_until_with("the device is listed no more", async |qin| {
        Ok((!says(qin, &device).await?).then_some(()))
    })
    .await?;
    gu.waits_for_sync("synced").await.map(|_| ())
}
