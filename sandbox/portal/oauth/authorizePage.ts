import type { FastifyInstance } from 'fastify';
import type { Core } from '../core';
import { acceptAnyBody, rawRequest } from '../http/raw';
import { readParameters } from '../http/parameters';
import { buildForm } from '../php/form';
import { toInt, toText } from '../php/values';
import { activeEmployee, applicationByClientId } from '../state/find';
import { hex } from '../state/ids';
import type { Application, Employee } from '../state/model';
import { choicePage, errorPage } from './pages';
import { LIFETIME } from './tokens';

/**
 * Serves /oauth/authorize/ of the portal: a page on which one chooses the employee who logs in. Where the browser goes
 * afterwards is taken from the application's settings, never from the request. A failure is shown on the portal's own
 * page; the application never hears of it. [DS settings/oauth/index.md, rest/lib/oauth/client.php]
 *
 * `&auto=<employee id>` skips the page. That is a convenience of the sandbox, for tests; a real portal has no such
 * thing.
 */
export function serveAuthorize(app: FastifyInstance, core: Core): void {
	app.register(async (scope) => {
		acceptAnyBody(scope);
		for (const url of ['/oauth/authorize/', '/oauth/authorize']) {
			scope.route({
				method: ['GET', 'POST'],
				url,
				handler: async (request, reply) => {
					const { all } = await readParameters(rawRequest(request));
					const application = applicationByClientId(core.state, toText(all.client_id));
					const problem = refusal(application);
					if (!application || problem !== '')
						return reply.code(200).type('text/html; charset=utf-8').send(errorPage(problem));
					const chosen = toInt(all.user_id ?? all.auto);
					const state = toText(all.state);
					if (chosen === 0)
						return reply.type('text/html; charset=utf-8').send(choicePage(application, candidates(core), state));
					const employee = activeEmployee(core.state, chosen);
					if (!employee || !mayUse(application, employee))
						return reply
							.type('text/html; charset=utf-8')
							.send(errorPage('This employee has no access to the application.'));
					return reply.redirect(redirectAddress(core, application, employee, state), 302);
				},
			});
		}
	});
}

function refusal(application: Application | undefined): string {
	if (!application) return 'Application not found.';
	if (!application.active) return 'Application not installed.';
	return URL.canParse(application.handlerUrl) ? '' : 'The application has no handler path.';
}

function candidates(core: Core): Employee[] {
	return [...core.state.employees.values()].filter((employee) => employee.active && employee.type === 'employee');
}

function mayUse(application: Application, employee: Employee): boolean {
	return application.allowedUsers.length === 0 || application.allowedUsers.includes(employee.id);
}

/** [D] code, state, domain (of the portal), member_id, scope, server_domain. */
function redirectAddress(core: Core, application: Application, employee: Employee, state: string): string {
	const code = hex(50);
	core.state.codes.set(code, {
		code,
		applicationId: application.id,
		userId: employee.id,
		expiresAt: core.clock.now() + LIFETIME.code * 1000,
	});
	core.changes.tell('token', 'authorized', { userId: employee.id });
	const query = buildForm({
		code,
		state: state === '' ? null : state,
		domain: core.state.settings.host,
		member_id: core.state.settings.memberId,
		scope: application.scopes.join(','),
		server_domain: new URL(core.authorizationUrl()).host,
	});
	return `${application.handlerUrl}${application.handlerUrl.includes('?') ? '&' : '?'}${query}`;
}
