// The few best of many, in order.

/** The places of the k largest values, largest first, of equal ones the lower place first. Fewer if there are fewer; never those of NaN. */
export function highestPlaces(values: ArrayLike<number>, k: number): number[] {
  // Sorted by insertion: k is small, and nearly every value is refused by one comparison.
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
