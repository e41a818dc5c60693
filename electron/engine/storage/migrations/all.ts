import { firstSchema } from './001-first-schema.ts';
import { unknownFlows } from './002-unknown-flows.ts';
import { exportQueue } from './003-export-queue.ts';

/** In order; the database's `user_version` is how many of them it has seen. Never change one that was released. */
export const migrations: readonly { name: string; sql: string }[] = [firstSchema, unknownFlows, exportQueue];
