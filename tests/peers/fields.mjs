// A household's fields by their paths: `members/<id>/name`.

/** Puts a value into nested maps that are plain objects. */
export function put(root, path, value, text = (it) => it) {
  const keys = path.split("/");
  const last = keys.pop();
  let map = root;
  for (const key of keys) {
    map[key] ??= {};
    // read again: an engine's document holds its own object in place of the one that was put in
    map = map[key];
  }
  map[last] = typeof value === "string" ? text(value) : value;
}

/** The value at a path of plain objects. */
export function get(root, path) {
  const value = path.split("/").reduce((at, key) => at?.[key], root);
  return value != null && typeof value === "object" ? String(value) : value;
}

/** The fields of households that a device should have. */
export function* fieldsOf(deed, expected) {
  if (deed === "join") {
    for (const [at, sections] of expected.entries()) {
      const last = new Map(sections.flat());
      for (const [path, value] of last) yield [at, path, value];
    }
  } else {
    for (const [at, path, value] of expected ?? []) yield [at, path, value];
  }
}
