//! Scratch.
use anyhow::Result;
use std::path::PathBuf;
use tests::officer::{Clip, Theme};
use tests::{Officer, RelayOptions, RelayProcess};

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from("/tmp/look");
    for (theme, t) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let relay = RelayProcess::start(RelayOptions::new().demo()).await?;
        let mut qin = Officer::named("秦望舒").await?;
        qin.set_theme(theme).await?;
        let pic = async |n: &str| qin.screenshot(&folder.join(format!("{n}-{t}.png"))).await;
        qin.open(&relay.url()).await?;
        qin.sees("演示账号").await?;
        pic("sign-in").await?;
        qin.click("link", "使用一次性重置码").await?;
        qin.sees("重设密码").await?;
        pic("reset").await?;
        qin.click("link", "返回登录").await?;
        qin.signs_in("qinwangshu", "taizhang-demo-2026").await?;
        qin.click("link", "管理").await?;
        qin.find("button", "新增组织").await?;
        pic("units").await?;
        qin.click("button", "新增组织").await?;
        pic("unit-add").await?;
        qin.click("button", "取消").await?;
        qin.click("button", "从表格导入").await?;
        qin.put_in_clipboard(&Clip {
            text: "名称\t类型\t上级\n检修党支部\t党支部\t没有的\n运输党支部\t支部\t\n".into(),
            html: None,
        })
        .await?;
        pic("sheet").await?;
        qin.click("textbox", "在此粘贴").await?;
        qin.paste().await?;
        qin.sees("可以导入").await.ok();
        pic("sheet-preview").await?;
        qin.click("button", "返回").await?;
        qin.click("tab", "账号").await?;
        qin.find("button", "新增账号").await?;
        pic("accounts").await?;
        qin.click("button", "新增账号").await?;
        pic("account-add").await?;
        qin.fill("姓名", "沈一舟").await?;
        qin.fill("账号", "shenyizhou").await?;
        qin.click("button", "新增").await?;
        qin.sees("初始密码条").await?;
        pic("slips").await?;
        qin.click("button", "已打印，完成").await?;
        qin.sees("密码条都已打印").await?;
        qin.click_selector("dialog button[type=submit]").await?;
        qin.click_selector("tbody tr:nth-child(3) .table-tools button:first-of-type")
            .await?;
        qin.sees("增加角色").await?;
        pic("roles").await?;
        qin.click("button", "关闭").await?;
        qin.click_selector("tbody tr:nth-child(3) .table-tools button:last-of-type")
            .await?;
        qin.click("button", "生成").await?;
        qin.sees("只显示这一次").await?;
        pic("code").await?;
        qin.click_selector("dialog .dialog-actions button").await?;
        qin.click("tab", "设备与会话").await?;
        qin.sees("忘记设备").await?;
        pic("devices").await?;
        qin.click("tab", "台账").await?;
        qin.find("button", "关闭：").await?;
        pic("ledgers").await?;
        qin.click("tab", "操作日志").await?;
        qin.sees("编号").await?;
        pic("audit").await?;
        qin.click_selector("#person").await?;
        pic("menu").await?;
        qin.click("button", "修改密码").await?;
        qin.sees("再输一次新密码").await?;
        pic("password").await?;
    }
    Ok(())
}
