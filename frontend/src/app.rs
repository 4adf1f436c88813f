//! The app: what every page needs round it, and which page is shown.

use shared::access::in_force;
use shared::ledger::kind::Kind;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::browser::{page, preference};
use crate::hooks::{use_preference, use_signed_in, use_store};
use crate::i18n::{Language, Message, Theme, use_language};
use crate::icon::Sprite;
use crate::pages::admin::AdminPage;
use crate::pages::choose_code::ChooseCodePage;
use crate::pages::deliver_only::DeliverOnlyPage;
use crate::pages::first_password::FirstPasswordPage;
use crate::pages::frame::Frame;
use crate::pages::inbox::InboxPage;
use crate::pages::ledger::LedgerPage;
use crate::pages::ledgers::LedgersPage;
use crate::pages::lock::LockPage;
use crate::pages::password::PasswordPage;
use crate::pages::reset::ResetPage;
use crate::pages::set_up::SetUpPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::{not_found, opening, storage};
use crate::route::Route;
use crate::store::Store;
use crate::store::view::SignedIn;

/// The theme and the way to change it, in a context.
#[derive(Clone, Debug, PartialEq)]
pub struct Taste {
    /// The theme chosen.
    pub theme: Theme,
    /// Chooses a theme.
    pub on_theme: Callback<Theme>,
    /// Chooses a language.
    pub on_language: Callback<Language>,
}

/// The app.
#[component]
pub fn App() -> Html {
    let store = (*use_memo((), |()| Store::open())).clone();
    let sprite = (*use_memo((), |()| page::meta("taizhang-icons"))).clone();
    let sprite = Sprite(sprite.unwrap_or_else(|| "/icons.svg".to_owned()).into());
    let (theme, on_theme) = use_preference("theme", &Theme::ALL, Theme::code);
    let (language, on_language) = use_preference("language", &Language::ALL, Language::tag);
    use_effect_with(theme, |theme| {
        preference::set_on_page("data-theme", (*theme != Theme::System).then(|| theme.code()));
    });
    use_effect_with(language, |language| {
        preference::set_on_page("lang", Some(language.tag()));
        page::set_title(&language.say(&Message::AppName));
    });
    html! {
        <ContextProvider<Store> context={store}>
        <ContextProvider<Sprite> context={sprite}>
        <ContextProvider<Language> context={language}>
        <ContextProvider<Taste> context={Taste { theme, on_theme, on_language }}>
            <BrowserRouter><Doorway /></BrowserRouter>
        </ContextProvider<Taste>>
        </ContextProvider<Language>>
        </ContextProvider<Sprite>>
        </ContextProvider<Store>>
    }
}

/// Who is signed in decides what there is to see.
#[component]
fn Doorway() -> Html {
    let language = use_language();
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let today = use_store().now().date();
    match use_signed_in() {
        _ if route == Route::Setup => html! { <SetUpPage /> },
        SignedIn::Opening => opening(language),
        _ if route == Route::Reset => html! { <ResetPage /> },
        SignedIn::Nobody => html! { <SignInPage /> },
        SignedIn::NoStorage(trouble) => storage(language, trouble),
        SignedIn::ChoosingCode(me) | SignedIn::As(me) if me.first_password && route != Route::SignIn => {
            html! { <FirstPasswordPage {me} /> }
        }
        SignedIn::ChoosingCode(_) => html! { <ChooseCodePage /> },
        SignedIn::Locked(me) => html! { <LockPage key={me.account.to_string()} me={&me} /> },
        SignedIn::As(_) if route == Route::SignIn => html! { <SignInPage /> },
        SignedIn::As(me) if in_force(&me.grants, today).next().is_none() => {
            html! { <DeliverOnlyPage {me} /> }
        }
        SignedIn::As(me) => html! { <Frame {me} {route}>{ shown(route, language) }</Frame> },
    }
}

fn shown(route: Route, language: Language) -> Html {
    match route {
        Route::Home => html! { <LedgersPage key="home" kind={None::<Kind>} /> },
        Route::Ledgers { kind } => html! { <LedgersPage key={kind.0.code()} kind={Some(kind.0)} /> },
        Route::Ledger { id } => html! { <LedgerPage key={id.to_string()} {id} /> },
        Route::Inbox => html! { <InboxPage key="inbox" /> },
        Route::Settings => html! { <SettingsPage key="settings" /> },
        Route::Password => html! { <PasswordPage key="password" /> },
        Route::Admin { section } => html! { <AdminPage key="admin" {section} /> },
        Route::SignIn | Route::Reset | Route::Setup | Route::NotFound => not_found(language),
    }
}
