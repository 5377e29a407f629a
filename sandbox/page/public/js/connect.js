import { html } from 'htm/preact';
import { onSubmit } from './actions.js';
import { copyField } from './copy.js';
import { panel } from './parts.js';
import { notify } from './notices.js';
import { send } from './store.js';

/** @import { ConnectView } from '../../data/application' */
/** @import { Snapshot } from '../../snapshot' */

/**
 * How one's own n8n comes to work with this sandbox: what to put where, in the order in which one needs it.
 * @param {Snapshot} state
 */
export function connectPanel({ connect, clientSecret, applications: [application] }) {
	if (!application) return null;
	return panel(
		{
			title: 'Connect your own n8n',
			level: 1,
			hint: 'Four steps. n8n and this sandbox must reach each other; on one computer they do.',
			key: 'connect',
		},
		html`<ol class="steps" data-testid="connect">
			<li key="handler">
				<h2>Tell Bitrix24 where n8n is</h2>
				<p class="hint">
					In n8n, create a credential of the type <b>Bitrix24 OAuth2 API</b>. Copy its <b>OAuth Redirect URL</b> to
					here. A real portal calls this field <b>Handler path</b>.
				</p>
				${handlerPath(application.id, connect.handlerPath)}
			</li>
			<li key="credential">
				<h2>Fill in the credential, and press Connect</h2>
				<p class="hint">
					As <b>Authorization Server</b> choose <b>Custom Address</b>. On the page that opens, choose an administrator.
				</p>
				<div class="copies">${credential(connect, clientSecret)}</div>
			</li>
			<li key="pbx">
				<h2>Let n8n reach the phone system</h2>
				<p class="hint">For the <b>Phone System API</b> credential, phone system <b>Asterisk (ARI)</b>.</p>
				<div class="copies">${phoneSystem(connect.pbx)}</div>
			</li>
			<li key="addresses">
				<h2>Tell the phone system where n8n is</h2>
				<p class="hint">
					Copy the <b>Production URL</b> of the node that takes its reports to here. Then publish the workflow, and
					press a number under <a href="#clients">Clients</a>.
				</p>
				${addresses(connect.pbx)}
			</li>
		</ol>`,
	);
}

/**
 * @param {number} id of the application
 * @param {string} handlerUrl
 */
function handlerPath(id, handlerUrl) {
	const save = onSubmit(async (values) => {
		await send('application', { id, handlerUrl: values.handlerUrl });
		notify('Handler path saved');
	});
	const example = 'http://localhost:5678/rest/oauth2-credential/callback';
	return html`<form onSubmit=${save}>${address('Handler path', 'handlerUrl', handlerUrl, example)}</form>`;
}

/** @param {ConnectView['pbx']} pbx */
function addresses({ reportUrl, askUrl }) {
	const save = onSubmit(async (values) => {
		await send('addresses', { reportUrl: values.reportUrl, askUrl: values.askUrl });
		notify('Addresses saved');
	});
	const example = 'http://localhost:5678/webhook/…';
	return html`<form class="copies" onSubmit=${save}>
		${address('Reports of calls (B24_REPORT_URL)', 'reportUrl', reportUrl, `${example}/report`)}
		${address('Who rings for a client (B24_ASK_URL)', 'askUrl', askUrl, example)}
	</form>`;
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string} value
 * @param {string} example
 */
function address(label, name, value, example) {
	return html`<div class="copy-field" key=${name}>
		<label for=${`address-${name}`}>${label}</label>
		<div class="copy-line">
			<input
				id=${`address-${name}`}
				name=${name}
				type="url"
				data-testid=${name}
				defaultValue=${value}
				placeholder=${example}
				autocomplete="off"
			/>
			<button class="button small primary">Save</button>
		</div>
	</div>`;
}

/**
 * @param {ConnectView} connect
 * @param {string} clientSecret
 */
function credential({ portal, clientId, authorizationServer }, clientSecret) {
	return [
		copyField('Portal Address', portal, 'portal'),
		copyField('Client ID', clientId, 'client-id'),
		copyField('Client Secret', clientSecret, 'client-secret'),
		copyField('Authorization Server Address', authorizationServer, 'authorization-server'),
	];
}

/** @param {ConnectView['pbx']} pbx */
function phoneSystem({ url, user, password }) {
	return [
		copyField('Address', url, 'pbx-url'),
		copyField('User', user, 'pbx-user'),
		copyField('Password', password, 'pbx-password'),
	];
}
