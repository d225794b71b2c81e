// Numbers as people type them.

// "b 45" is "B045"; bare digits are the one number in sight that ends so, else what was typed.
export function numberOf(typed, inSight) {
  const parts = /^([A-Z]{0,2})0*(\d+)$/.exec(typed.toUpperCase().replace(/[\s.\-]/g, ""));
  if (!parts) return typed.trim().toUpperCase();
  const [, letters, digits] = parts;
  const count = digits.padStart(3, "0");
  if (letters) return letters + count;
  const found = inSight.filter((number) => number.replace(/^[A-Z]+/, "") === count);
  return found.length === 1 ? found[0] : count;
}
