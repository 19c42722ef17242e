// Hocuspocus: a Yjs document for each household, many of them over one WebSocket; the server keeps them in SQLite. A device
// keeps its documents' updates in one file.
import { SQLite } from "@hocuspocus/extension-sqlite";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { Server } from "@hocuspocus/server";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import WebSocket from "ws";
import * as Y from "yjs";
import { fieldsOf } from "./fields.mjs";

/** Documents that a connection opens at once: the server refuses a hundred. */
const AT_ONCE = 50;

export async function serve(folder, port) {
  mkdirSync(folder, { recursive: true });
  const server = new Server({
    address: "127.0.0.1",
    port,
    quiet: true,
    debounce: 100,
    extensions: [new SQLite({ database: join(folder, "documents.sqlite") })],
  });
  await server.listen();
}

export async function open(folder) {
  mkdirSync(folder, { recursive: true });
  return new Device(join(folder, "documents.json"));
}

function put(doc, path, value) {
  const keys = path.split("/");
  const last = keys.pop();
  let map = doc.getMap("household");
  for (const key of keys) {
    if (!map.has(key)) map.set(key, new Y.Map());
    map = map.get(key);
  }
  map.set(last, value);
}

const get = (doc, path) => path.split("/").reduce((at, key) => at?.get(key), doc.getMap("household"));

class Device {
  documents = [];

  constructor(file) {
    this.file = file;
  }

  async write(households) {
    this.documents = households.map((sections) => {
      const doc = new Y.Doc();
      for (const section of sections) {
        doc.transact(() => section.forEach(([path, value]) => put(doc, path, value)));
      }
      return doc;
    });
    this.count = this.documents.length;
  }

  async load(isNew) {
    if (isNew || !existsSync(this.file)) return;
    this.documents = JSON.parse(readFileSync(this.file, "utf8")).map((update) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Buffer.from(update, "base64"));
      return doc;
    });
  }

  async edit(edits) {
    await this.load(false);
    for (const [at, path, value] of edits) put(this.documents[at], path, value);
  }

  async connect(address, deed) {
    if (deed === "join") {
      const count = JSON.parse(readFileSync(join(this.file, "../../count.json"), "utf8"));
      this.documents = Array.from({ length: count }, () => new Y.Doc());
    }
    if (deed === "upload") writeFileSync(join(this.file, "../../count.json"), String(this.documents.length));
    const socket = new HocuspocusProviderWebsocket({ url: address.replace("http", "ws"), WebSocketPolyfill: WebSocket });
    for (let at = 0; at < this.documents.length; at += AT_ONCE) {
      const some = this.documents.slice(at, at + AT_ONCE);
      await Promise.all(some.map((document, next) => this.sync(socket, `household-${at + next}`, document)));
    }
  }

  sync(socket, name, document) {
    return new Promise((resolve) => {
      const provider = new HocuspocusProvider({ websocketProvider: socket, name, document });
      const done = () => {
        if (!provider.isSynced || provider.hasUnsyncedChanges) return;
        provider.destroy();
        resolve();
      };
      provider.on("synced", done);
      provider.on("unsyncedChanges", done);
      provider.attach();
    });
  }

  async lacks(deed, expected) {
    let lacks = 0;
    for (const [at, path, value] of fieldsOf(deed, expected)) {
      if (get(this.documents[at], path) !== value) lacks += 1;
    }
    return lacks;
  }

  async close() {
    const updates = this.documents.map((doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64"));
    writeFileSync(this.file, JSON.stringify(updates));
  }
}
