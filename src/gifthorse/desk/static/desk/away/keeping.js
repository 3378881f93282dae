/* What the phone keeps, in IndexedDB: sealed reports that wait to be sent (nobody here can read them), and the brief and the forms,
   encrypted with a key that scripts can use but not read out. Nothing is kept in the clear, and nothing beyond its day. */

const NAME = "gifthorse-away";
const STORES = ["keys", "kept", "outbox"];

/** The open database. */
export function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const store of STORES) asked.result.createObjectStore(store, store === "outbox" ? { autoIncrement: true } : {});
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** The brief and forms are kept, encrypted, until *until* (milliseconds since 1970), in the place of any kept before. */
export async function keep(database, value, until) {
  const key = await keyOf(database);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, new TextEncoder().encode(JSON.stringify(value)));
  await done(database, "kept", (store) => store.put({ nonce, body, until }, "all"));
}

/** What is kept, or null when there is nothing, or its day is over (then it is gone, and its key with it). */
export async function kept(database, now) {
  const row = await done(database, "kept", (store) => store.get("all"));
  if (!row) return null;
  if (row.until <= now) {
    await forget(database);
    return null;
  }
  const key = await keyOf(database);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.nonce }, key, row.body);
  return JSON.parse(new TextDecoder().decode(plain));
}

/** Brief, forms and their key are gone; sealed reports stay until they are sent. */
export async function forget(database) {
  await done(database, "kept", (store) => store.clear());
  await done(database, "keys", (store) => store.clear());
}

/** The sealed report and its sealed photographs wait to be sent, in this order; all of them, or (when the phone is full) none. */
export function putOut(database, report, photographs) {
  return done(database, "outbox", (store) => {
    const first = store.add(report);
    for (const photograph of photographs) store.add({ photograph });
    return first;
  });
}

/** What waits, sealed, with its number; `isPhotograph` says what it is. */
export async function waiting(database) {
  const numbers = await done(database, "outbox", (store) => store.getAllKeys());
  const kept = await done(database, "outbox", (store) => store.getAll());
  return numbers.map((number, at) => {
    const isPhotograph = kept[at].photograph !== undefined;
    return { number, isPhotograph, body: isPhotograph ? kept[at].photograph : kept[at] };
  });
}

/** It was taken in by the desk and is gone from here. */
export function takenIn(database, number) {
  return done(database, "outbox", (store) => store.delete(number));
}

async function keyOf(database) {
  const there = await done(database, "keys", (store) => store.get("own"));
  if (there) return there;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await done(database, "keys", (store) => store.put(key, "own"));
  return key;
}

function done(database, name, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, "readwrite", { durability: "strict" });
    const asked = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
