// Finds the few largest of many values, in order.

/**
 * The indexes of the k largest values, largest first; of equal values the lower index first. Fewer if there are fewer values; NaN is never
 * included.
 */
export function highestPlaces(values: ArrayLike<number>, k: number): number[] {
  // Insertion sort: k is small, and one comparison rejects nearly every value.
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (value !== value || (places.length === k && value <= values[places[k - 1]])) continue;
    let at = places.length;
    while (at > 0 && values[places[at - 1]] < value) at--;
    places.splice(at, 0, place);
    if (places.length > k) places.pop();
  }
  return places;
}
