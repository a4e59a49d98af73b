/**
 * Places things of given heights under each other, in order and without overlap, as near as possible (least squares) to
 * where they want to be: pools of neighbours that push each other move as one.
 */
export function place(wanted: number[], heights: number[], gap: number): number[] {
  const offsets: number[] = [];
  let offset = 0;
  heights.forEach((height, index) => {
    offset += index === 0 ? 0 : (heights[index - 1]! + height) / 2 + gap;
    offsets.push(offset);
  });
  // With the offsets taken away, order is all that is asked for: isotonic regression.
  const pools: { sum: number; size: number }[] = [];
  wanted.forEach((y, index) => {
    let pool = { sum: y - offsets[index]!, size: 1 };
    for (let last = pools[pools.length - 1]; last !== undefined && last.sum / last.size > pool.sum / pool.size; last = pools[pools.length - 1]) {
      pool = { sum: last.sum + pool.sum, size: last.size + pool.size };
      pools.pop();
    }
    pools.push(pool);
  });
  return pools.flatMap((pool) => new Array<number>(pool.size).fill(pool.sum / pool.size)).map((y, index) => y + offsets[index]!);
}
