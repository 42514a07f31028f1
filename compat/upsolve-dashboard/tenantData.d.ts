export interface TenantData {
  months: { month: string; revenue: number; orders: number; newCustomers: number }[];
  totals: { revenue: number; orders: number; newCustomers: number };
  change: number;
  channels: { name: string; revenue: number }[];
  plans: { name: string; revenue: number }[];
}

/** A year of sample figures that is always the same for the same tenant. */
export declare function tenantData(tenant: string, filters?: { period?: string; region?: string }): TenantData;
