// Asks the address where the app is, and says whether this browser trusts its certificate. A script learns no more than
// that an answer came or did not: an address that cannot be reached looks the same.
(function () {
  'use strict';
  var button = document.getElementById('check');
  var said = document.getElementById('said');
  var origin = document.body.getAttribute('data-origin');

  function say(outcome, words) {
    said.setAttribute('data-outcome', outcome);
    said.textContent = words;
  }

  button.addEventListener('click', function () {
    button.disabled = true;
    say('asking', '正在检查… Checking…');
    fetch(origin + '/trust/check', { mode: 'cors', credentials: 'omit', cache: 'no-store' }).then(function () {
      say('trusted', '✓ 本浏览器信任台账的证书，请从上面的地址打开。This browser trusts the relay: open the address above.');
    }, function () {
      say('untrusted', '✗ 本浏览器还不信任台账的证书，或者连不上台账。请按下面的步骤安装后，关闭全部窗口再检查。' +
        'This browser does not trust the certificate yet, or cannot reach the relay.');
    }).then(function () { button.disabled = false; });
  });
})();
