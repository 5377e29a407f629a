const core = globalThis.sharedPackage('n8n-core');
// n8n sets it up once a process and refuses a second time; here each file of tests begins anew.
core.DataDeduplicationService.instance = undefined;
module.exports = core;
