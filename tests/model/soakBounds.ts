/** What a soak may come to at the most, whatever its seed. */
export const SOAK_BOUNDS = {
  /** Tenants and permissions alike. A day without faults, switches and clicks has about 20, the fullest one seen 133. */
  requestsADay: 200,
  /** Far below the ceiling's 15 attempts, each with its permissions: an ordinary day has no storm. */
  requestsInAMinute: 26,
  heapGrowthBytes: {
    days: 2 * 1_024 * 1_024,
    /** About 100 bytes a refresh, kept from each of ten thousand, would pass it. */
    refreshes: 1_024 * 1_024,
  },
};
