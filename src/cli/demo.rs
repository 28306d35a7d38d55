//! `licensebot demo`.

use super::args::DemoArgs;
use super::output::{Output, error};
use crate::runtime::data_dir::DataDir;
use crate::runtime::demo::{Demo, DemoOptions};
use crate::runtime::{Problem, limits, shutdown};

pub(super) async fn run(args: DemoArgs, output: &mut Output) -> Result<u8, Problem> {
    let data = args.data.display().to_string();
    let options =
        DemoOptions { listen: args.listen, data: DataDir::at(args.data), clock: args.clock, sandbox: args.sandbox };
    limits::raise()?;
    let demo = Demo::start(options).await?;
    let stop = shutdown::requested();
    output.line(&format!(
        "licensebot demo: open http://{} in a browser. Everything is kept in {data}. Stop with Ctrl-C.",
        demo.address()
    ));
    tokio::select! {
        () = stop => {}
        problem = demo.lost() => {
            error(&problem.to_string());
            // Without closing anything: what stands at its place now is not ours.
            std::process::exit(problem.code().into());
        }
    }
    demo.stop().await;
    Ok(0)
}
