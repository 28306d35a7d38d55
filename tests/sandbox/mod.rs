//! The sandbox tenant as its clients see it: over HTTP, with tokens, from outside.

mod assigning;
mod batches;
mod control;
mod durability;
mod faults;
mod faults_in_the_tenant;
mod faults_on_the_wire;
mod group_licenses;
mod group_licenses_refused;
mod guarding;
mod reading;
mod reading_licenses;
mod reading_queries;
mod schema;
mod support;
mod tenant_file;
mod tokens;
mod tokens_certificate;
mod tokens_discovery;
