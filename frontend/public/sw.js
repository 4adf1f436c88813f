// Keeps one whole build of the app on this device and opens it without a network.
//
// Page, module and styles come from one cache, named by the build; it is filled whole or not at all. What the
// relay answers (/api, /sync, /healthz, /trust) is never touched. A new build waits until the page asks for it
// ({ type: 'activate' }) or every page has been closed.

const BUILD = '{{build}}';
// Address and integrity of every file.
const FILES = JSON.parse('{{files}}');
const PREFIX = 'taizhang-';
const CACHE = PREFIX + BUILD;
const PAGE = '/index.html';
const NEVER_TOUCHED = /^\/(api|sync|healthz|trust)(\/|$)/;

addEventListener('install', (event) => event.waitUntil(fill()));

addEventListener('activate', (event) => event.waitUntil(Promise.all([clients.claim(), tidy()])));

addEventListener('message', (event) => {
  switch (event.data?.type) {
    case 'activate':
      event.waitUntil(skipWaiting());
      break;
    case 'tidy':
      event.waitUntil(tidy());
      break;
  }
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || NEVER_TOUCHED.test(pathname)) {
    return;
  }
  event.respondWith(request.mode === 'navigate' ? page(request) : file(request, pathname));
});

async function fill() {
  try {
    const responses = await Promise.all(FILES.map(download));
    const cache = await caches.open(CACHE);
    await Promise.all(responses.map((response, index) => cache.put(FILES[index][0], response)));
  } catch (problem) {
    await caches.delete(CACHE);
    throw problem;
  }
}

// What the page has just fetched need not be fetched again; the integrity says whether it is the right file.
async function download([address, integrity]) {
  try {
    return await fetchWhole(address, integrity, 'default');
  } catch {
    return fetchWhole(address, integrity, 'reload');
  }
}

async function fetchWhole(address, integrity, cache) {
  const response = await fetch(address, { integrity, cache });
  // A page that was reached by a redirect may not answer a navigation.
  if (response.status !== 200 || response.redirected) {
    throw new Error(`${address}: ${response.status}`);
  }
  return response;
}

async function page(request) {
  return (await stored(PAGE)) ?? fetch(request);
}

async function file(request, pathname) {
  return (await stored(pathname)) ?? (await storedByAnyBuild(pathname)) ?? fetch(request);
}

async function stored(address) {
  const cache = await caches.open(CACHE);
  return cache.match(address, { ignoreVary: true });
}

// A page of an older build may still be open under this worker; its files have names that no other build uses.
function storedByAnyBuild(address) {
  return caches.match(address, { ignoreVary: true });
}

// Deletes builds that no page uses. Every page holds a lock with the name of its build's cache.
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  // A newer build may be among them, with no page yet. Asked after the names were read: what begins later is not listed.
  if (registration.installing || registration.waiting) {
    return;
  }
  const { held } = await navigator.locks.query();
  const used = new Set(held.map((lock) => lock.name));
  await Promise.all(names.filter((name) => !used.has(name)).map((name) => caches.delete(name)));
}
