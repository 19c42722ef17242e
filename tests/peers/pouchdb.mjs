// PouchDB: a database of JSON documents on both ends, replicated over HTTP as CouchDB does.
import express from "express";
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fieldsOf, get, put } from "./fields.mjs";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb");

export async function serve(folder, port) {
  mkdirSync(folder, { recursive: true });
  const Stored = PouchDB.defaults({ prefix: join(folder, "/") });
  const app = express();
  app.use("/db", require("express-pouchdb")(Stored, { inMemoryConfig: true, logPath: join(folder, "log.txt") }));
  await new Promise((resolve) => app.listen(port, "127.0.0.1", resolve));
}

export async function open(folder) {
  mkdirSync(folder, { recursive: true });
  return new Device(new PouchDB(join(folder, "households")));
}

const name = (at) => `household-${String(at).padStart(6, "0")}`;

class Device {
  constructor(database) {
    this.database = database;
  }

  async write(households) {
    for (const [at, sections] of households.entries()) {
      let kept = { _id: name(at) };
      for (const section of sections) {
        section.forEach(([path, value]) => put(kept, path, value));
        kept._rev = (await this.database.put(kept)).rev;
      }
    }
  }

  async load() {}

  async edit(edits) {
    for (const [at, path, value] of edits) {
      const kept = await this.database.get(name(at));
      put(kept, path, value);
      await this.database.put(kept);
    }
  }

  async connect(address) {
    const remote = new PouchDB(`${address}/db/households`);
    await this.database.sync(remote, { batch_size: 500 });
  }

  async lacks(deed, expected) {
    const rows = (await this.database.allDocs({ include_docs: true, conflicts: true })).rows;
    const kept = new Map(rows.map((row) => [row.id, row.doc]));
    let lacks = 0;
    for (const [at, path, value] of fieldsOf(deed, expected)) {
      if (get(kept.get(name(at)), path) !== value) lacks += 1;
    }
    return lacks;
  }

  async close() {
    await this.database.close();
  }
}
