import type { FastifyInstance } from 'fastify';
import type { Core } from '../core';
import { Budget, callMethod, requireMethod } from '../http/call';
import { authorize } from '../http/authorization';
import { readParameters } from '../http/parameters';
import { acceptAnyBody, rawRequest } from '../http/raw';
import { errorBody, RestError } from '../errors';
import { encodeJson } from '../php/json';
import { commonError } from '../commonErrors';

/**
 * Serves /rest/app.info of the authorisation server, the trusted source of an application's status. [D settings/oauth]
 * It reads the token from `auth` and `access_token` only. [SO]
 */
export function serveAppInfo(app: FastifyInstance, core: Core): void {
	app.register(async (scope) => {
		acceptAnyBody(scope);
		scope.all('/rest/*', async (request, reply) => {
			const raw = rawRequest(request);
			reply.header('content-type', 'application/json; charset=utf-8');
			try {
				const name = raw.path
					.slice('/rest/'.length)
					.replace(/\/$/, '')
					.replace(/\.json$/, '');
				if (name.toLowerCase() !== 'app.info') throw commonError('ERROR_METHOD_NOT_FOUND', core.switches);
				const { all } = await readParameters(raw);
				const caller = authorize(core, { header: '', parameters: all });
				const parts = await callMethod(core, caller, requireMethod(core, 'app.info'), all, new Budget(core));
				return reply.send(encodeJson({ ...parts }));
			} catch (error) {
				if (!(error instanceof RestError)) throw error;
				return reply.code(error.status).send(encodeJson(errorBody(error, core.switches)));
			}
		});
	});
}
