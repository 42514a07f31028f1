export { createMemoryStore } from './server/createMemoryStore';
export { createPostgresStore } from './server/createPostgresStore';
export { createSqliteStore } from './server/createSqliteStore';
export { createUpsolveTenantHandler } from './server/createUpsolveTenantHandler';
export { isUpsolveTenantError, UpsolveTenantError } from './core/errors';

export type { UpsolveTenantErrorCode, UpsolveTenantErrorDetails } from './core/errors';
export type { UpsolvePermissions } from './core/permissions';
export type { MemoryStoreOptions } from './server/createMemoryStore';
export type { PostgresPool, PostgresStoreOptions } from './server/createPostgresStore';
export type { SqliteClient, SqliteStoreOptions } from './server/createSqliteStore';
export type { UpsolveTenantHandler } from './server/createUpsolveTenantHandler';
export type { FaultSource, TenantHandlerEvent, TenantHandlerListener } from './server/events';
export type {
  IssuedTokenAnswer,
  TenantHandlerSettings,
  TenantStoreOptions,
  UpsolveTenantHandlerOptions,
} from './server/handlerOptions';
export type { TenantIdentity, UpsolvePermissionFlags } from './server/identity';
export type { PermissionsListener } from './server/createRoleSignal';
export type { TenantRoute } from './server/routes';
export type { SerializedTenant } from './server/serializeTenant';
export type { TenantStore } from './server/TenantStore';
