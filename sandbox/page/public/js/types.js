/** @import { Snapshot } from '../../snapshot' */
/** @import { Timeline } from '../../data/timeline' */
/** @import { ApplicationView } from '../../data/application' */
/** @import { CardView } from '../../data/calls' */

/**
 * @typedef {object} Connect Where another n8n finds this sandbox.
 * @property {string} portal
 * @property {string} authorizationServer
 * @property {string} clientId
 * @property {string} handlerPath
 * @property {{ url: string, user: string, password: string }} pbx
 */

/** @typedef {ApplicationView & { permissions?: { scope: string, granted: boolean, pending: boolean }[] }} Application */

/** @typedef {CardView & { waitsFor?: string }} Card */

/**
 * What the page shows, and what is on its way to the snapshot.
 * @typedef {Omit<Snapshot, 'applications' | 'cards'> & { applications: Application[], cards: Card[], timelines: Timeline[], connect?: Connect, clientSecret?: string }} State
 */

export {};
