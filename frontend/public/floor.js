// Runs first, in every browser, and so is written in the oldest JavaScript there is.
//
// - Applies the saved theme before anything is drawn: localStorage 'taizhang.theme' ('light' or 'dark';
//   anything else follows the system) becomes <html data-theme>.
// - Looks whether this browser and this address can run the app. If not, <html data-floor> says why
//   ('insecure' or 'old'), #app says what to do, and loader.js does not start.
// - Says so when the app, or a file that the page needs, does not arrive (window event 'taizhang:load-failed').
(function () {
  'use strict';
  var root = document.documentElement;

  var messages = {
    insecure: {
      title: '此地址不能离线工作',
      zh: ['浏览器只允许加密地址（https）保存离线台账，本页的地址不是。',
        '请改用本企业公布的 https 地址打开；不清楚地址时请问管理员。已经保存的内容没有丢失。'],
      en: 'This address is not encrypted, so the browser allows no offline work here. Open the https address ' +
        'that your enterprise has published. Nothing that was saved is lost.'
    },
    old: {
      title: '浏览器版本过低',
      zh: ['台账需要 Chrome、Edge、360、奇安信等 109 版内核以上的浏览器，或 Firefox 128、Safari 16.4 以上。',
        '请升级浏览器，或用本机的其他浏览器打开同一地址。已经保存的内容没有丢失。'],
      en: 'This browser is too old. Taizhang needs Chromium 109, Firefox 128, Safari 16.4 or newer. ' +
        'Nothing that was saved is lost.'
    },
    incomplete: {
      title: '程序没有完整下载',
      zh: ['网络可能中断了。存在本机的内容没有丢失，请重新加载；如仍不行，请告诉管理员。'],
      en: 'The app did not download completely. What is stored on this device is not lost. Please reload.',
      reload: '重新加载'
    }
  };

  function element(name, text, language) {
    var made = document.createElement(name);
    made.appendChild(document.createTextNode(text));
    if (language) { made.lang = language; }
    return made;
  }

  function show(kind) {
    var app = document.getElementById('app');
    if (!app) {
      document.addEventListener('DOMContentLoaded', function () { show(kind); });
      return;
    }
    var message = messages[kind];
    var panel = document.createElement('div');
    panel.className = 'boot-panel';
    panel.appendChild(element('h1', message.title));
    for (var i = 0; i < message.zh.length; i++) { panel.appendChild(element('p', message.zh[i])); }
    panel.appendChild(element('p', message.en, 'en'));
    if (message.reload) {
      var button = element('button', message.reload);
      button.type = 'button';
      button.onclick = function () { location.reload(); };
      panel.appendChild(button);
    }
    var top = element('div', '台账');
    top.className = 'boot-top';
    var page = document.createElement('div');
    page.className = 'boot boot-message';
    page.setAttribute('role', 'alert');
    page.setAttribute('data-problem', kind);
    page.appendChild(top);
    page.appendChild(panel);
    while (app.firstChild) { app.removeChild(app.firstChild); }
    app.appendChild(page);
  }

  // Chromium 109, Firefox 128, Safari 16.4 have all of these; each of them has kept out an older one.
  function isModern() {
    return typeof Promise === 'function' && typeof Symbol === 'function' && 'noModule' in document.createElement('script') &&
      !!window.WebAssembly && typeof WebAssembly.instantiateStreaming === 'function' &&
      !!window.indexedDB && !!navigator.locks && !!window.crypto && !!window.crypto.subtle &&
      typeof BroadcastChannel === 'function' && typeof DecompressionStream === 'function' &&
      typeof structuredClone === 'function' && typeof CSSLayerBlockRule === 'function' &&
      !!window.CSS && CSS.supports('container-type', 'inline-size') && CSS.supports('selector(:has(a))');
  }

  try {
    var theme = localStorage.getItem('taizhang.theme');
    if (theme === 'light' || theme === 'dark') { root.setAttribute('data-theme', theme); }
  } catch (blocked) {
    // Storage may be switched off; then the theme follows the system.
  }

  // First the address: without a secure context the other checks fail as well, and would blame the browser.
  var lacking = window.isSecureContext === false ? 'insecure' : isModern() ? '' : 'old';
  if (lacking) {
    root.setAttribute('data-floor', lacking);
    show(lacking);
    return;
  }

  window.addEventListener('taizhang:load-failed', function () { show('incomplete'); });
  window.addEventListener('error', function (event) {
    var target = event.target;
    var needed = target && (target.tagName === 'SCRIPT' || target.tagName === 'LINK' && target.rel === 'stylesheet');
    if (needed) { show('incomplete'); }
  }, true);
})();
