/** What a soak may come to at the most, whatever its seed. */
export const SOAK_BOUNDS = {
  /** Tenants and permissions alike. A day without faults, switches and clicks has about 20, the fullest one seen 133. */
  requestsADay: 200,
  /** Turns allow 13 tenants; each may have its permissions asked for, and a switch waits for no turn. */
  requestsInAMinute: 26,
  heapGrowthBytes: {
    days: 2 * 1_024 * 1_024,
    /** About 100 bytes a refresh, kept from each of ten thousand, would pass it. */
    refreshes: 1_024 * 1_024,
  },
};
