// Says whether this browser trusts the relay's certificate, in two steps.
//
// In the clear it asks the address where the app is; a script learns no more than that an answer came or did not. Where
// somebody has clicked the browser's warning away an answer comes as well: so it goes on to that address, and asks there
// what the browser never allows under a certificate that it does not trust: to keep the app.
(function () {
  'use strict';
  var CHECKED = '#check';
  var button = document.getElementById('check');
  var said = document.getElementById('said');
  var origin = document.body.getAttribute('data-origin');

  function say(outcome, words) {
    said.setAttribute('data-outcome', outcome);
    said.textContent = words;
  }

  function trusted() {
    say('trusted', '✓ 本浏览器信任台账的证书，请从上面的地址打开。This browser trusts the relay: open the address above.');
  }

  function untrusted() {
    say('untrusted', '✗ 本浏览器还不信任台账的证书，或者连不上台账。请按下面的步骤安装后，关闭全部窗口再检查。' +
      'This browser does not trust the certificate yet, or cannot reach the relay.');
  }

  function checkHere() {
    if (!navigator.serviceWorker) {
      untrusted();
      return Promise.resolve();
    }
    return navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(trusted, untrusted);
  }

  function checkThere() {
    return fetch(origin + '/trust/check', { mode: 'cors', credentials: 'omit', cache: 'no-store' }).then(function () {
      location.href = origin + '/trust' + CHECKED;
    }, untrusted);
  }

  function check() {
    button.disabled = true;
    say('asking', '正在检查… Checking…');
    (location.origin === origin ? checkHere() : checkThere()).then(function () { button.disabled = false; });
  }

  button.addEventListener('click', check);
  if (location.hash === CHECKED && location.origin === origin) {
    check();
  }
})();
