/** Numbers about volumes and masks. */

/**
 * The value at rank floor(q · (n − 1)) of the sorted values: no interpolation, so that
 * Python and TypeScript agree to the last bit.
 *
 * @param values not empty; left in another order
 * @param q 0 … 1
 */
export function percentile(values: Float32Array | Float64Array, q: number): number {
  const at = Math.floor(q * (values.length - 1));
  return select(values, at);
}

/** Overlap 2·|A ∩ B| / (|A| + |B|) of two masks (not 0 = in); 1 when both are empty. */
export function dice(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  let both = 0;
  for (let v = 0; v < a.length; v++) {
    const inA = a[v] === 0 ? 0 : 1;
    const inB = b[v] === 0 ? 0 : 1;
    sum += inA + inB;
    both += inA & inB;
  }
  return sum === 0 ? 1 : (2 * both) / sum;
}

/** Dice of those voxels of two label arrays that hold one of `wanted`. */
export function diceOfLabels(a: Uint8Array, b: Uint8Array, wanted: readonly number[]): number {
  const table = new Uint8Array(256);
  for (const label of wanted) table[label] = 1;
  let sum = 0;
  let both = 0;
  for (let v = 0; v < a.length; v++) {
    const inA = table[a[v] as number] as number;
    const inB = table[b[v] as number] as number;
    sum += inA + inB;
    both += inA & inB;
  }
  return sum === 0 ? 1 : (2 * both) / sum;
}

/** How many voxels hold each label 0 … 255. */
export function countLabels(labels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let v = 0; v < labels.length; v++) {
    const label = labels[v] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  return counts;
}

/** The n-th smallest value (Hoare's selection); reorders the array. */
function select(values: Float32Array | Float64Array, n: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    let a = low;
    let b = high;
    while (a <= b) {
      while ((values[a] as number) < pivot) a++;
      while ((values[b] as number) > pivot) b--;
      if (a > b) break;
      const kept = values[a] as number;
      values[a] = values[b] as number;
      values[b] = kept;
      a++;
      b--;
    }
    if (n <= b) high = b;
    else if (n >= a) low = a;
    else break;
  }
  return values[n] as number;
}
