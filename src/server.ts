export { createMemoryStore } from './server/stores/createMemoryStore';
export { createPostgresStore } from './server/stores/createPostgresStore';
export { createRedisStore } from './server/stores/createRedisStore';
export { createSqliteStore } from './server/stores/createSqliteStore';
export { createUpsolveTenantHandler } from './server/createUpsolveTenantHandler';
export { isUpsolveTenantError, UpsolveTenantError } from './core/errors';

export type { UpsolveTenantErrorCode, UpsolveTenantErrorDetails } from './core/errors';
export type { UpsolvePermissions } from './core/permissions';
export type { SerializedTenant } from './server/answers';
export type { UpsolveTenantHandler } from './server/createUpsolveTenantHandler';
export type { FaultSource, TenantHandlerEvent, TenantHandlerListener } from './server/faults';
export type {
  IssuedTokenAnswer,
  TenantHandlerSettings,
  TenantStoreOptions,
  UpsolveTenantHandlerOptions,
} from './server/handlerOptions';
export type { TenantIdentity, UpsolvePermissionFlags } from './server/identity';
export type { PermissionsListener } from './server/roleSignal';
export type { MemoryStoreOptions } from './server/stores/createMemoryStore';
export type { PostgresClient, PostgresPool, PostgresStoreOptions } from './server/stores/createPostgresStore';
export type { RedisClient, RedisConnection, RedisStore, RedisStoreOptions } from './server/stores/createRedisStore';
export type { SqliteClient, SqliteStoreOptions } from './server/stores/createSqliteStore';
export type { TenantStore } from './server/stores/TenantStore';
export type { TenantRoute } from './server/routes';
