// Starts the app, keeps it on this device, and tells it of new versions.
//
// The contract with the app, all of it DOM, so that neither side needs the other's code:
//
// - <meta name="taizhang-build"> names the build that runs, <meta name="taizhang-version"> the version to show,
//   <meta name="taizhang-icons"> the address of the icon sprite.
// - <html data-shell>: 'ready' once a closed browser can open the app without a network; 'none' where the
//   browser keeps nothing (private windows), 'failed' when the files could not all be stored,
//   'untrusted' where it does not trust the certificate (and window event 'taizhang:untrusted').
// - A new version is there: window event 'taizhang:update-ready', and <html data-update="ready"> for whoever
//   starts to listen later. It waits; this page goes on with its own build.
// - The app has flushed and wants it: dispatch 'taizhang:update-apply' on window. The new version is switched
//   on and this page reloads once. Other tabs are told by 'taizhang:update-ready' and go on until they apply it
//   too. Without being asked it is taken when every tab has been closed.
// - The app does not start: 'taizhang:load-failed' on window; floor.js says so in #app.

const GLUE = '{{glue}}';
const MODULE = '{{module}}';
const UPDATE_CHECK_MS = 30 * 60 * 1000;

const root = document.documentElement;
const build = document.querySelector('meta[name="taizhang-build"]').content;

if (!root.hasAttribute('data-floor')) {
  // Held as long as this page lives: the service worker keeps the files of every build that a page still uses.
  navigator.locks.request(`taizhang-${build}`, { mode: 'shared' }, () => new Promise(() => {}));
  start();
  keep();
}

async function start() {
  try {
    const app = await import(GLUE);
    await app.default({ module_or_path: MODULE });
  } catch (problem) {
    console.error(problem);
    dispatchEvent(new Event('taizhang:load-failed'));
  }
}

async function keep() {
  const workers = navigator.serviceWorker;
  if (!workers) {
    root.dataset.shell = 'none';
    return;
  }
  let registration;
  try {
    registration = await workers.register('/sw.js', { updateViaCache: 'none' });
  } catch (problem) {
    console.warn(problem);
    // Offline, or the relay is gone: what was kept before still works.
    root.dataset.shell = workers.controller ? 'ready' : 'failed';
    if (problem.name === 'SecurityError' && !workers.controller) {
      // Somebody clicked the warning away: the browser shows the page and keeps nothing of it.
      root.dataset.shell = 'untrusted';
      dispatchEvent(new Event('taizhang:untrusted'));
    }
    return;
  }
  followUpdates(workers, registration);
  followInstall(registration);
  checkNowAndThen(registration);
}

function followUpdates(workers, registration) {
  let controlled = Boolean(workers.controller);
  let applying = false;
  workers.addEventListener('controllerchange', () => {
    if (applying) {
      applying = false;
      location.reload();
    } else if (controlled) {
      // Another tab took the new version.
      announce();
    }
    controlled = true;
  });
  addEventListener('taizhang:update-apply', () => {
    if (registration.waiting && workers.controller) {
      applying = true;
      registration.waiting.postMessage({ type: 'activate' });
    } else {
      location.reload();
    }
  });
  if (registration.waiting && controlled) {
    announce();
  }
}

function followInstall(registration) {
  const follow = (worker) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) {
        announce();
      } else if (worker.state === 'activated') {
        root.dataset.shell = 'ready';
      } else if (worker.state === 'redundant' && !registration.active) {
        root.dataset.shell = 'failed';
      }
    });
  };
  registration.addEventListener('updatefound', () => follow(registration.installing));
  if (registration.installing) {
    follow(registration.installing);
  }
  if (registration.active) {
    if (registration.active.state === 'activated') {
      root.dataset.shell = 'ready';
    } else {
      follow(registration.active);
    }
    registration.active.postMessage({ type: 'tidy' });
  }
}

function checkNowAndThen(registration) {
  // Without a network there is nothing to find; the next check will.
  const check = () => registration.update().catch(() => {});
  setInterval(check, UPDATE_CHECK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      check();
    }
  });
}

function announce() {
  root.dataset.update = 'ready';
  dispatchEvent(new CustomEvent('taizhang:update-ready'));
}
